import { DefaultLogger, type LogContext, type LoggerNamespace, type LoggerOptions } from '@mikro-orm/core';
import type { Environment } from '../environment.ts';

/** Hands MikroORM's warnings and errors to the injected logger, and counts the statements that failed. */
export class OrmLogger extends DefaultLogger {
  readonly #environment: Environment;

  constructor(options: LoggerOptions, environment: Environment) {
    super(options);
    this.#environment = environment;
  }

  override warn(_namespace: LoggerNamespace, message: string): void {
    this.#environment.logger.warn(message);
  }

  override error(_namespace: LoggerNamespace, message: string): void {
    this.#environment.logger.error(message);
  }

  override logQuery(context: { query: string } & LogContext): void {
    if (context.level === 'error') {
      this.#environment.count('db_handle_error');
    }
    super.logQuery(context);
  }
}
