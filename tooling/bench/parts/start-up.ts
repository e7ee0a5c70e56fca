import { join } from 'node:path';
import { type Contestant, measureCase } from '../interleaved.ts';
import type { Part } from '../part.ts';
import { alembic, flask, freshmaker, freshmakerBin, root } from '../programs.ts';
import { writeAlembic, writeFlaskMigrate } from '../scripts.ts';

/** What every command pays before it does anything. */
export const startUp: Part = {
  name: 'start-up',
  title: 'Start-up',
  async run({ scratch, effort, python, progress }) {
    writeAlembic(join(scratch, 'alembic'), []);
    writeFlaskMigrate(join(scratch, 'flask'), []);
    const cases = [];
    for (const flag of ['--version', '--help']) {
      const contestants: Contestant[] = [
        { program: './manager', command: freshmaker([flag], { cwd: root }) },
        { program: 'freshmaker', command: freshmakerBin([flag], scratch) },
      ];
      if (python.alembic !== null) {
        contestants.push({ program: 'Alembic', command: alembic([flag], { cwd: join(scratch, 'alembic') }) });
      }
      if (python.flask_migrate !== null) {
        const args = flag === '--help' ? ['db', '--help'] : [flag];
        contestants.push({ program: 'Flask-Migrate', command: flask(args, { cwd: join(scratch, 'flask') }) });
      }
      progress(flag);
      cases.push(await measureCase({ what: `\`${flag}\``, database: null, contestants }, effort));
    }
    return { notes: [], cases };
  },
};
