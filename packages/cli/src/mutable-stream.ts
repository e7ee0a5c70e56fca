/** A stream that can be made to say nothing more. */
export interface MutableStream {
  readonly stream: NodeJS.WriteStream;
  mute(): void;
}

/** The stream itself, except that nothing is written once it is muted. */
export function mutable(target: NodeJS.WriteStream): MutableStream {
  const write = target.write.bind(target);
  let muted = false;
  const guarded = ((...chunk: Parameters<typeof write>) => muted || write(...chunk)) as typeof target.write;
  const stream = new Proxy(target, {
    get(_, property) {
      if (property === 'write') return guarded;
      const value: unknown = Reflect.get(target, property);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return {
    stream,
    mute: () => {
      muted = true;
    },
  };
}
