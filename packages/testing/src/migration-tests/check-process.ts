import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Answer, Check, CheckSubject, Question } from './check.ts';
import { MigrationTestFailure } from './failure.ts';

const self = fileURLToPath(import.meta.url);
const script = fileURLToPath(new URL(`run-checks${extname(self)}`, import.meta.url));
/** Sources import the sources of other packages, compiled files the compiled ones. */
const execArgv = extname(self) === '.ts' ? ['--conditions=@freshmaker/source'] : [];

/** The process that runs a history's scripts for tests, started by the first check. */
export class CheckProcess {
  readonly #subject: CheckSubject;
  #child: ChildProcess | undefined;
  #number = 0;

  constructor(subject: CheckSubject) {
    this.#subject = subject;
  }

  /** @throws MigrationTestFailure with what was found. */
  async run(check: Check): Promise<void> {
    this.#child ??= fork(script, [JSON.stringify(this.#subject)], { execArgv, serialization: 'advanced' });
    const child = this.#child;
    this.#number += 1;
    const question: Question = { number: this.#number, check };
    child.send(question);
    const answer = await answerOf(child, question.number);
    if (answer.finding !== null) throw new MigrationTestFailure(answer.finding);
  }

  async close(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null) return;
    child.disconnect();
    await once(child, 'exit');
  }
}

function answerOf(child: ChildProcess, number: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new MigrationTestFailure('The process that runs the migrations has ended.'));
    const answered = (answer: unknown) => {
      if ((answer as Answer).number !== number) return;
      child.off('message', answered).off('exit', ended);
      resolve(answer as Answer);
    };
    child.on('message', answered).on('exit', ended);
  });
}
