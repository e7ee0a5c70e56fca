// Dummy rows: two events, one of them failed.
import { connect, Event } from '@freshmaker/models';

const orm = await connect({ databaseUrl: process.argv[2] ?? '' });
const em = orm.em.fork();
Event.create(em, 'message-1', '12345', 'ManualRebuildWithAdvisoryEvent');
Event.create(em, 'message-2', '67890', 'ManualRebuildWithAdvisoryEvent', { state: 'FAILED' });
await em.flush();
await orm.close();
