/** The last stage of a Dockerfile, as far as it is run without an image. */
export interface Stage {
  /** Its RUN commands, in order. */
  readonly run: readonly string[];
}

/** Reads what builds the image that is left in the end. Each instruction stands on one line. */
export function lastStage(dockerfile: string): Stage {
  const stage = dockerfile.slice(dockerfile.search(/^FROM (?![\s\S]*^FROM )/m));
  return { run: [...stage.matchAll(/^RUN (.*)$/gm)].map((match) => match[1] ?? '') };
}
