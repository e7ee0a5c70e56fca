import { describeStep, type EventListener, type RevisionStep } from '@freshmaker/migrator/engine';
import type { Output } from './output.ts';

/** Tells the person watching what goes on, on standard error. */
export function createProgress(output: Output): EventListener {
  let last: RevisionStep['revision']['revision'] | undefined;
  return (event) => {
    switch (event.type) {
      case 'stepStarted':
        // A step may start again, when somebody else has moved the database meanwhile.
        if (event.step.revision.revision !== last) output.note(describeStep(event.step));
        last = event.step.revision.revision;
        break;
      case 'statement':
        if (output.verbose) output.note(`  ${event.sql}`);
        break;
      case 'progress':
        break;
      case 'waiting':
      case 'log':
        output.note(event.message);
        break;
      case 'warning':
        output.warn(event.message);
        break;
    }
  };
}
