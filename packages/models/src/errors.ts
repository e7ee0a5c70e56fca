/** The family of all errors that the models throw on purpose. */
export class ModelError extends Error {
  /** Stable, for programs; the message is for people. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = new.target.name;
    this.code = code;
  }
}

/** A value that an attribute cannot hold. Nothing was changed. */
export class InvalidValueError extends ModelError {
  readonly attribute: string;
  readonly value: unknown;
  /** The names of what is allowed. */
  readonly allowed: readonly string[];

  constructor(attribute: string, value: unknown, allowed: readonly string[]) {
    super('INVALID_VALUE', `${attribute}: ${show(value)} is none of ${allowed.join(', ')}.`);
    this.attribute = attribute;
    this.value = value;
    this.allowed = allowed;
  }
}

/** A filter that is no mapping, or names no column. Nothing was changed. */
export class InvalidFilterError extends ModelError {
  constructor(message: string) {
    super('INVALID_FILTER', message);
  }
}

/** A domain event that is never stored. */
export class UnknownEventTypeError extends ModelError {
  constructor(eventType: unknown) {
    super('UNKNOWN_EVENT_TYPE', `The event type ${show(eventType)} is not one of those that are stored.`);
  }
}

/** Builds that wait for each other. */
export class DependencyCycleError extends ModelError {
  constructor(build: string) {
    super('DEPENDENCY_CYCLE', `${build} depends on itself, through its parents.`);
  }
}

/** More rows than the one there may be. */
export class AmbiguousResultError extends ModelError {
  constructor(message: string) {
    super('AMBIGUOUS_RESULT', message);
  }
}

/** An entity that no entity manager knows, where one is needed. */
export class DetachedEntityError extends ModelError {
  constructor(entity: string) {
    super(
      'DETACHED_ENTITY',
      `${entity} is not part of a unit of work; create or load it with an entity manager.`,
    );
  }
}

function show(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'function':
      return value.name;
    case 'object':
      return value === null ? 'null' : (value.constructor?.name ?? 'an object');
    default:
      return String(value);
  }
}
