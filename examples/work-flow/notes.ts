// What the data migration wrote.
import { connect } from '@freshmaker/models';

const orm = await connect({ databaseUrl: process.argv[2] ?? '' });
const notes = await orm.em.execute('SELECT event_id, text FROM notes ORDER BY id');
for (const { event_id, text } of notes) process.stdout.write(`event ${event_id}: ${text}\n`);
await orm.close();
