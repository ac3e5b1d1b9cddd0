/** How the engine finds what an expression speaks of: lighter. */

/** @type {readonly import('./lighter.mjs').Change[]} */
export const FINDING = [
  {
    why: 'A step by name looks its children up instead of asking a hundred of them for their name.',
    from: '  step(step) {\n    const { domProvider, namespaceResolver } = this;\n',
    to: `  step(step) {
    const { domProvider, namespaceResolver } = this;
    if (step.axisType === "child" && step.stepType === "NodeNameTest" && domProvider.getChildrenNamed) {
      const nullNamespaceURI = namespaceResolver.lookupNamespaceURI(null);
      const named = new Set();
      for (const contextNode of this.contextNodes) {
        for (const node of domProvider.getChildrenNamed(contextNode, step.nodeName)) {
          const namespaceURI = domProvider.getNamespaceURI(node);
          if (namespaceURI == null || namespaceURI === nullNamespaceURI) named.add(node);
        }
      }
      return new LocationPathEvaluation(this, named);
    }
`,
  },
  {
    why: 'The names of children, for as long as the list of them is the same.',
    from: 'const engineDOMAdapter = {\n',
    to: `const namedChildren = new WeakMap();
const getChildrenNamed = (node, name) => {
  const children = node.getChildren ? node.getChildren() : node.getXPathChildNodes();
  let known = namedChildren.get(children);
  if (known == null) {
    known = new Map();
    for (const child of children) {
      const childName = getEngineXPathNodeLocalName(child);
      const same = known.get(childName);
      if (same) same.push(child);
      else known.set(childName, [child]);
    }
    namedChildren.set(children, known);
  }
  const isRange = (child) => child.nodeType.startsWith("repeat-range");
  const found = known.get(name) ?? [];
  return found.some(isRange) ? found.flatMap((child) => isRange(child) ? child.getXPathChildNodes() : child) : found;
};
const engineDOMAdapter = {
  getChildrenNamed,
`,
  },
  {
    why: 'The lines of a list that have a given value are looked up.',
    from: `      currentContext = currentContext.step(step);
      for (const predicateNode of step.predicates) {`,
    to: `      const lines = linesWith(currentContext, step);
      currentContext = lines
        ? LocationPathEvaluation.fromArbitraryNodes(currentContext, lines, this)
        : currentContext.step(step);
      for (const predicateNode of lines ? step.predicates.slice(1) : step.predicates) {`,
  },
  {
    why: 'How they are looked up: where the value is the same for all lines, as it is if written out, absolute or from current().',
    from: 'class LocationPathEvaluator extends LocationPathExpressionEvaluator {\n',
    to: `const linesByValue = new WeakMap();
const isNameStep = (step) => step.axisType === "child" && step.stepType === "NodeNameTest";
const columnRead = (lhs) => {
  if (!(lhs instanceof RelativeLocationPathExpressionEvaluator) || lhs.steps.length !== 2) return null;
  const [from, step] = lhs.steps;
  return from.axisType === "self" && isNameStep(step) && step.predicates.length === 0 ? step.nodeName : null;
};
const isSameForAll = (rhs) =>
  rhs instanceof StringLiteralExpressionEvaluator || rhs instanceof AbsoluteLocationPathExpressionEvaluator ||
  (rhs instanceof FilterPathExpressionEvaluator && rhs.filterExpression instanceof FunctionCallExpressionEvaluator &&
    rhs.filterExpression.name.localName === "current");
const linesWith = (context, step) => {
  const [predicate] = step.predicates;
  const [list, ...others] = context.contextNodes;
  if (!predicate || list?.nodeType !== "static-element" || others.length > 0 || !isNameStep(step)) return null;
  const equality = (predicate.ready ??= createExpression(predicate.children[0]));
  if (!(equality instanceof BooleanBinaryExpressionEvaluator) || equality.operator !== "eq") return null;
  const column = columnRead(equality.lhs);
  if (column == null || !isSameForAll(equality.rhs)) return null;
  const value = equality.rhs.evaluate(context);
  const wanted = new Set(value.type === "NODE" ? value.nodeEvaluations.map(String) : [value.toString()]);
  if (wanted.size > 1) return null;
  const known = linesByValue.get(list) ?? new Map();
  linesByValue.set(list, known);
  const name = step.nodeName + "/" + column;
  if (!known.has(name)) {
    const lines = new Map();
    for (const line of context.step({ ...step, predicates: [] }).contextNodes) {
      for (const one of new Set(line.textsNamed(column))) {
        const same = lines.get(one);
        if (same) same.push(line);
        else lines.set(one, [line]);
      }
    }
    known.set(name, lines);
  }
  const [only] = wanted;
  return wanted.size === 0 ? [] : known.get(name).get(only) ?? [];
};
class LocationPathEvaluator extends LocationPathExpressionEvaluator {
`,
  },
  {
    why: 'The place of a line among those of its repeat is not counted from line to line.',
    from: '    const nodeName = domProvider.getQualifiedName(value);\n    let currentNode = value;\n',
    to: `    if (value.nodeType === "repeat-instance") return value.parent.getChildren().indexOf(value) + 1;
    const nodeName = domProvider.getQualifiedName(value);
    let currentNode = value;
`,
  },
  {
    why: 'What one line of a repeat says is read in that line, not in all lines first.',
    from: '    const targetNodes = evaluateArgumentNodes(context, target);\n',
    to: `    const below = pairs.length === 1 ? stepsBelow(args[1], target) : null;
    if (below) {
      const line = LocationPathEvaluation.fromArbitraryNodes(context, [repeatContextNode]);
      return below.reduce((found, step) => found.step(step), line).nodes;
    }
    const targetNodes = evaluateArgumentNodes(context, target);
`,
  },
  {
    why: 'Where the path to it goes on from that of the line, by names alone.',
    from: 'const indexedRepeat = new NodeSetFunction(\n',
    to: `const stepsBelow = (line, target) => {
  const isPlain = (path) => path instanceof AbsoluteLocationPathExpressionEvaluator &&
    path.steps.slice(1).every((step) => isNameStep(step) && step.predicates.length === 0);
  if (!isPlain(line) || !isPlain(target)) return null;
  const isOn = line.steps.slice(1).every((step, place) => step.nodeName === target.steps[place + 1]?.nodeName);
  return isOn ? target.steps.slice(line.steps.length) : null;
};
const indexedRepeat = new NodeSetFunction(
`,
  },
]
