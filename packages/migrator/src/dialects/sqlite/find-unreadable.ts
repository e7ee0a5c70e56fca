import type { Session } from '../../driver/driver.ts';
import type { Schema, Trigger, View } from '../../schema/schema.ts';
import { tokenizeSql } from '../../schema/sql-lexer.ts';
import { firingStatement, givenColumns } from './firing-statement.ts';
import { quoteIdentifier } from './literal.ts';
import { foldName, mentionsName, sameName } from './sql-text.ts';

/**
 * Marks the views and triggers that this SQLite cannot read for the texts in double quotes that they have, as other builds
 * let them be made, and those that rest on such a view.
 *
 * SQLite itself is asked, by statements that are prepared and not run, but only of what may be meant: most databases have
 * nothing of the kind, and cost nothing.
 */
export async function markUnreadable(schema: Schema, session: Session): Promise<Schema> {
  const views = await unreadableViews(schema, session);
  const triggers = new Map<Trigger, string>();
  for (const trigger of schema.triggers) {
    const reason = await whyTriggerIsUnreadable(trigger, views, schema, session);
    if (reason !== null) triggers.set(trigger, reason);
  }
  if (views.size + triggers.size === 0) return schema;
  return {
    ...schema,
    views: schema.views.map((each) => marked(each, views)),
    triggers: schema.triggers.map((each) => marked(each, triggers)),
  };
}

function marked<Object extends View | Trigger>(object: Object, reasons: ReadonlyMap<Object, string>): Object {
  const unreadable = reasons.get(object);
  return unreadable === undefined ? object : { ...object, unreadable };
}

async function unreadableViews(schema: Schema, session: Session): Promise<Map<View, string>> {
  const reasons = new Map<View, string>();
  const asked = new Set<View>();
  const ask = async (view: View) => {
    asked.add(view);
    const reason = await whyUnreadable(`SELECT 1 FROM ${quoteIdentifier(view.name)}`, session);
    if (reason !== null) reasons.set(view, reason);
  };
  for (const view of schema.views) if (mayHaveTexts(view.sql, schema)) await ask(view);
  // Those that are added meanwhile have their turn, too.
  for (const unreadable of reasons.keys()) {
    for (const view of schema.views) if (!asked.has(view) && rests(view, unreadable)) await ask(view);
  }
  return reasons;
}

function rests({ sql }: View | Trigger, view: View): boolean {
  return mentionsName(sql, view.name);
}

/** Whether something stands in double quotes that is no name of what the text is about. */
function mayHaveTexts(sql: string, { tables, views, triggers }: Schema): boolean {
  if (!sql.includes('"')) return false;
  const tokens = tokenizeSql(sql);
  const mentioned = new Set(tokens.map((token) => foldName(token.value)));
  const names = new Set(
    [
      ...tables.filter((each) => mentioned.has(foldName(each.name))),
      ...tables.filter((each) => mentioned.has(foldName(each.name))).flatMap((each) => each.columns),
      ...views,
      ...triggers,
    ].map((each) => foldName(each.name)),
  );
  return tokens.some(
    (token) => token.kind === 'quoted' && token.text.startsWith('"') && !names.has(foldName(token.value)),
  );
}

async function whyTriggerIsUnreadable(
  trigger: Trigger,
  views: ReadonlyMap<View, string>,
  schema: Schema,
  session: Session,
): Promise<string | null> {
  for (const [view, reason] of views) if (sameName(view.name, trigger.table)) return reason;
  const rest = [...views.keys()].some((view) => rests(trigger, view));
  if (!rest && !mayHaveTexts(trigger.sql, schema)) return null;
  const table = schema.tables.find((each) => each.name === trigger.table);
  const columns = table ? givenColumns(table) : await columnsOfView(trigger.table, session);
  return whyUnreadable(firingStatement(trigger, columns), session);
}

async function columnsOfView(view: string, session: Session): Promise<string[]> {
  const { rows } = await session.query<{ name: string }>('SELECT name FROM pragma_table_info(?)', [view]);
  return rows.map((each) => each.name);
}

/** @returns what SQLite says of it; null where it can be read. */
async function whyUnreadable(statement: string, session: Session): Promise<string | null> {
  try {
    await session.query(`EXPLAIN ${statement}`);
    return null;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'SQLITE_ERROR')) throw error;
    // That is about rows of the table, not about the trigger.
    return error.message.startsWith('foreign key mismatch') ? null : error.message;
  }
}
