// The models before the change: Freshmaker's own.
import { discoverEntities, resolveDatabaseOptions } from '@freshmaker/models';

export default async () => resolveDatabaseOptions('sqlite://', { entities: await discoverEntities() });
