/** The shapes of what a column's properties hold: a type, an expression. */
type Shape = Readonly<Record<string, unknown>> & { readonly kind: string };

/** A property of a column in a few words: `string(255)`, `now()`, `'new'`, `none`. */
export function propertyText(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  return isShape(value) ? shapeText(value) : String(value);
}

function isShape(value: unknown): value is Shape {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

function shapeText(shape: Shape): string {
  const { kind } = shape;
  switch (kind) {
    case 'sql':
      return String(shape.text);
    case 'raw':
      return shape.sqlite === shape.postgresql
        ? String(shape.sqlite)
        : `${shape.sqlite} / ${shape.postgresql}`;
    case 'enum':
      return `enum ${shape.name} (${(shape.values as readonly string[]).map(propertyText).join(', ')})`;
    case 'dateTime':
      return shape.timezone ? 'dateTime with time zone' : 'dateTime';
    default: {
      const size = [shape.length, shape.precision, shape.scale].filter((each) => typeof each === 'number');
      return size.length === 0 ? kind : `${kind}(${size.join(', ')})`;
    }
  }
}
