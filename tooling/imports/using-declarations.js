// Preload of `npm run lint:imports`: teaches swc's syntax tree visitor, on which dependency-cruiser relies,
// the `using` declaration, which the parser knows and the visitor refuses.
import { Visitor } from '@swc/core/Visitor.js';

const { visitStatement } = Visitor.prototype;

Visitor.prototype.visitStatement = function (statement) {
  if (statement.type !== 'UsingDeclaration') return visitStatement.call(this, statement);
  return this.visitVariableDeclaration({ ...statement, declarations: statement.decls });
};
