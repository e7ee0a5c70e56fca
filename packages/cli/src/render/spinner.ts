import { Writable } from 'node:stream';
import type { TextOutput } from '../invocation.ts';

/** A line that says what goes on, drawn over and over in the same place. */
export interface Spinner {
  show(text: string): void;
  /** Takes it away while a line is printed. */
  pause(): void;
  resume(): void;
  stop(): void;
}

/** @returns null for a stream that is no terminal. */
export async function createSpinner(stream: TextOutput): Promise<Spinner | null> {
  if (!stream.isTTY || !(stream instanceof Writable)) return null;
  // Loaded where it is seen.
  const { default: yoctoSpinner } = await import('yocto-spinner');
  // What happens on Ctrl-C is decided elsewhere.
  const spinner = yoctoSpinner({ stream, handleSignals: false });
  let showing = false;
  return {
    show(text) {
      showing = true;
      if (spinner.isSpinning) spinner.text = text;
      else spinner.start(text);
    },
    pause: () => void spinner.stop(),
    resume: () => void (showing && spinner.start()),
    stop() {
      showing = false;
      spinner.stop();
    },
  };
}
