/** What the engine does with each expression: lighter. */

/** @type {readonly import('./lighter.mjs').Change[]} */
export const EVALUATING = [
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
    why: 'An expression is made ready once, not each time it is evaluated.',
    from: 'const expr = createExpression(tree.rootNode);',
    to: 'const expr = (tree.ready ??= createExpression(tree.rootNode));',
  },
  {
    why: 'The same of what stands within brackets.',
    from: 'const predicateExpression = createExpression(predicateExpressionNode);',
    to: 'const predicateExpression = (predicateNode.ready ??= createExpression(predicateExpressionNode));',
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
    why: 'An answer is read as the kind that is asked for, not as each kind.',
    from: '    return this.evaluate(expression, contextNode, null, XPATH_EVALUATION_RESULT.BOOLEAN_TYPE).booleanValue;',
    to: '    return this.evaluateOnly(expression, contextNode).toBoolean();',
  },
  {
    why: 'The same of numbers.',
    from: '    return this.evaluate(expression, contextNode, null, XPATH_EVALUATION_RESULT.NUMBER_TYPE).numberValue;',
    to: '    return this.evaluateOnly(expression, contextNode).toNumber();',
  },
  {
    why: 'The same of text.',
    from: '    return this.evaluate(expression, contextNode, null, XPATH_EVALUATION_RESULT.STRING_TYPE).stringValue;',
    to: '    return this.evaluateOnly(expression, contextNode).toString();',
  },
  {
    why: 'Where it is read.',
    from: '  getContextNode(options) {\n',
    to: `  evaluateOnly(expression, contextNode) {
    const tree = this.parser.parse(expression, this.parseOptions);
    const ready = (tree.ready ??= createExpression(tree.rootNode));
    return ready.evaluate(this.getEvaluationContext(contextNode, null));
  }
  getContextNode(options) {
`,
  },
  {
    why: 'A text is read as a number, or a day, once somebody asks.',
    from: `    this.numberValue = isEmpty ? NaN : Number(value);
    this.stringValue = value;
    const numberFunction = context.functions.getDefaultImplementation("number");
    if (isEmpty) {
      this.numberValue = NaN;
    } else {
      this.numberValue = Number(value);
      if (numberFunction != null) {
        this.numberValue = numberFunction.call(context, [
          {
            evaluate: () => this
          }
        ]).toNumber();
      }
    }
  }
  type = "STRING";
  nodes = null;
  booleanValue;
  numberValue;
`,
    to: `    this.stringValue = value;
  }
  type = "STRING";
  nodes = null;
  booleanValue;
  number = null;
  get numberValue() {
    if (this.number === null) {
      this.number = this.isEmpty ? NaN : Number(this.value);
      const numberFunction = this.isEmpty ? null : this.context.functions.getDefaultImplementation("number");
      if (numberFunction != null) this.number = numberFunction.call(this.context, [{ evaluate: () => this }]).toNumber();
    }
    return this.number;
  }
`,
  },
  {
    why: 'The same of the answer to a question.',
    from: '    return this.computeValues().numberValue;',
    to: `    const { stringValue, isEmpty } = this.computeValues();
    return (this.text ??= new StringEvaluation(this.context, stringValue, isEmpty)).numberValue;`,
  },
  {
    why: 'It is then not read beforehand.',
    from: `      const numberFunction = context.functions.getDefaultImplementation("number");
      let numberValue;
      if (isEmpty) {
        numberValue = NaN;
      } else if (numberFunction == null) {
        numberValue = Number(stringValue);
      } else {
        const stringEvaluation = new StringEvaluation(context, stringValue);
        numberValue = numberFunction.call(context, [
          {
            evaluate: () => stringEvaluation
          }
        ]).toNumber();
      }
      computedValues = {
        booleanValue,
        isEmpty,
        numberValue,
        stringValue
      };`,
    to: `      computedValues = {
        booleanValue,
        isEmpty,
        stringValue
      };`,
  },
  {
    why: 'Most answers have no space to trim.',
    from: '      const isEmpty = trimXMLXPathWhitespace$1(stringValue) === "";',
    to: '      const isEmpty = !(stringValue.charCodeAt(0) > 32) && trimXMLXPathWhitespace$1(stringValue) === "";',
  },
  {
    why: 'The nodes that a path leads to are looked at once somebody asks what they say.',
    from: `    this.nodeEvaluations = Array.from(contextNodes).map((node) => {
      return new NodeEvaluation(this, node);
    });
`,
    to: '',
  },
  {
    why: 'There.',
    from: '  nodeEvaluations;\n',
    to: `  evaluations = null;
  get nodeEvaluations() {
    return this.evaluations ??= Array.from(this.contextNodes, (node) => new NodeEvaluation(this, node));
  }
`,
  },
  {
    why: 'The namespaces of an interview are the same for each of its expressions.',
    from: `    return new this(
      domProvider,
      rootNode,
      referenceNode ?? null,
      contextResolver
    );`,
    to: `    if (contextResolver != null || referenceNode !== rootNode) {
      return new this(domProvider, rootNode, referenceNode ?? null, contextResolver);
    }
    if (!resolvers.has(rootNode)) resolvers.set(rootNode, new this(domProvider, rootNode, rootNode, null));
    return resolvers.get(rootNode);`,
  },
  {
    why: 'They are kept as long as it is.',
    from: 'class NamespaceResolver {\n',
    to: 'const resolvers = new WeakMap();\nclass NamespaceResolver {\n',
  },
]
