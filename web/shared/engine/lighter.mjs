/** The form engine, made lighter as it is built into the application: what it computes stays the same, but
 * what nobody looks at waits. On our full form twelve people take a third of the time, the first question half.
 *
 * The engine is pinned; each change names a text that must stand in it exactly once, or the build stops. The
 * specifications run on the engine so changed. To be offered to its authors, and dropped here once taken.
 */
/** @type {readonly { why: string, from: string, to: string }[]} */
const CHANGES = [
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
    why: 'Most expressions are seen to be constant or not by their first sign; and it does not change.',
    from: 'const isConstantExpression = (expression) => {\n  return findConstantExpressionNode(expression) != null;\n};',
    to: `const constantExpressions = new Map();
const isConstantExpression = (expression) => {
  if (!constantExpressions.has(expression)) {
    const isText = /^('[^']*'|"[^"]*")$/.test(expression);
    constantExpressions.set(expression, isText || findConstantExpressionNode(expression) != null);
  }
  return constantExpressions.get(expression);
};`,
  },
  {
    why: 'A constant is a number, a text, true or false.',
    from: 'const findConstantExpressionNode = (expression) => {\n',
    to: 'const findConstantExpressionNode = (expression) => {\n  if (!/^\\s*[\\d.\'"tf]/.test(expression)) return null;\n',
  },
  {
    why: 'The words of a label are named in one way, which needs no reader.',
    from: 'const getTranslationExpression = (expression) => {\n',
    to: `const getTranslationExpression = (expression) => {
  if (!expression.includes("itext")) return null;
  const plain = /^jr:itext\\(('[^']*'|"[^"]*")\\)$/.exec(expression);
  if (plain) return plain[1];
`,
  },
  {
    why: 'Nor does a path from the top.',
    from: 'const resolveParsedNodesetReference = (contextReference, reference) => {\n',
    to: `const resolveParsedNodesetReference = (contextReference, reference) => {
  if (/^(\\/[A-Za-z_][\\w.-]*)+$/.test(reference)) return reference;
`,
  },
  {
    why: 'An expression that the form does not give is the usual one, and known as such.',
    from: '    return new this(computation, expression);\n  }\n  isDefaultExpression;',
    to: '    return new this(computation, bind.bindElement.getAttribute(computation));\n  }\n  isDefaultExpression;',
  },
  {
    why: 'An expression may say when it is worth evaluating.',
    from: '    return createMemo(() => {\n      if (isTranslated) {',
    to: `    return createMemo(() => {
      if (options.when && !options.when()) return options.defaultValue ?? defaultEvaluationsByType[resultType];
      if (isTranslated) {`,
  },
  {
    why: 'Nothing is calculated for a question that is not asked.',
    from: '  const calculate = createComputedExpression(context, computation);\n  createComputed(() => {\n    if (context.isAttached() && context.isRelevant()) {',
    to: `  const calculate = createComputedExpression(context, computation, {
    when: () => context.isAttached() && context.isRelevant()
  });
  createComputed(() => {
    if (context.isAttached() && context.isRelevant()) {`,
  },
  {
    why: 'No answer, nothing to constrain.',
    from: '    const isValid = createComputedExpression(context, constraint, {\n      defaultValue: true\n',
    to: `    const isValid = createComputedExpression(context, constraint, {
      defaultValue: true,
      when: () => context.isRelevant() && !context.isBlank()
`,
  },
  {
    why: 'Words of a question that is not asked are not composed.',
    from: '      const chunks = createTextChunks(context, definition);\n      return new TextRange(',
    to: `      const isAsked = !context.isRelevant || context.isRelevant();
      const chunks = isAsked ? createTextChunks(context, definition) : { chunks: [] };
      return new TextRange(`,
  },
  {
    why: 'Lists are not gone through for a question that is not asked.',
    from: '    const itemNodes = createComputedExpression(control, itemset.nodes, {\n      defaultValue: []\n',
    to: `    const itemNodes = createComputedExpression(control, itemset.nodes, {
      defaultValue: [],
      when: control.isRelevant
`,
  },
  {
    why: 'Nor are the words of its choices made.',
    from: '    const labeledItems = items.map((item) => {',
    to: '    const labelItems = () => items.map((item) => {',
  },
  {
    why: 'They are made when it is asked first, and kept.',
    from: '      return labeledItems.map((item) => item());',
    to: `      if (!control.isRelevant()) return [];
      labeledItems ??= control.scope.runTask(labelItems);
      return labeledItems.map((item) => item());`,
  },
  {
    why: 'The place where they are kept.',
    from: 'const createTranslatedStaticItems = (control, items) => {\n',
    to: 'const createTranslatedStaticItems = (control, items) => {\n  let labeledItems;\n',
  },
  {
    why: 'What is always so needs no expression.',
    from: 'this.isSelfReadonly = createComputedExpression(',
    to: 'this.isSelfReadonly = readonly.isDefaultExpression ? () => false : createComputedExpression(',
  },
  {
    why: 'The same.',
    from: 'this.isSelfRelevant = createComputedExpression(this, relevant',
    to: 'this.isSelfRelevant = relevant.isDefaultExpression ? () => true : createComputedExpression(this, relevant',
  },
  {
    why: 'The same.',
    from: 'this.isRequired = createComputedExpression(this, required',
    to: 'this.isRequired = required.isDefaultExpression ? () => false : createComputedExpression(this, required',
  },
  {
    why: 'A parent knows of its own parents: asking both at each level doubles with the depth.',
    from: 'return parent.hasReadonlyAncestor() || parent.isReadonly();',
    to: 'return parent.isReadonly();',
  },
  {
    why: 'The same of relevance.',
    from: 'return parent.hasNonRelevantAncestor() || !parent.isRelevant();',
    to: 'return !parent.isRelevant();',
  },
  {
    why: 'Whether a node is among its siblings, without going through them.',
    from: '        for (const child of parent.getChildren()) {\n          if (child === self) {\n            return true;\n          }\n        }\n        return false;\n',
    to: '        return setOfChildren(parent.getChildren()).has(self);\n',
  },
  {
    why: 'Siblings as a set, for as long as the list of them is the same.',
    from: 'class DescendantNode extends InstanceNode {\n',
    to: `const childrenSets = new WeakMap();
const setOfChildren = (children) => {
  if (!childrenSets.has(children)) childrenSets.set(children, new Set(children));
  return childrenSets.get(children);
};
class DescendantNode extends InstanceNode {
`,
  },
  {
    why: 'The page follows what it has looked at, not the ten sides of each of three thousand nodes.',
    from: 'const createClientState = (scope, engineState, clientStateFactory) => {\n',
    to: `const createClientState = (scope, engineState, clientStateFactory) => {
  const clientState = clientStateFactory({});
  const followed = new Set();
  const follow = (key) => {
    followed.add(key);
    scope.runTask(() => {
      createComputed(() => {
        clientState[key] = engineState[key];
      });
    });
  };
  return declareInternalClientRepresentation(new Proxy(clientState, {
    get: (_, key) => {
      if (!followed.has(key) && key in engineState) follow(key);
      return clientState[key];
    },
    has: (_, key) => key in engineState
  }));
};
const createWholeClientState = (scope, engineState, clientStateFactory) => {
`,
  },
  {
    why: 'What is wrong below a node is gathered when it is asked for, not at each answer for each node above.',
    from: '    const violations = createMemo(() => {\n      return collectViolationReferences(context);\n    });\n',
    to: '    const violations = () => collectViolationReferences(context);\n',
  },
  {
    why: 'Without a constraint and not required, an answer is always valid.',
    from: 'const createValidationState = (context, options) => {\n  const { scope } = context;\n',
    to: `const createValidationState = (context, options) => {
  const { scope } = context;
  const { bind } = context.definition;
  if (bind.constraint == null && bind.required.isDefaultExpression) {
    const valid = { constraint: constraintValid(), required: requiredValid(), violation: null };
    return { spec: valid, engineState: valid, clientState: valid, currentState: valid };
  }
`,
  },
  {
    why: 'The reader of expressions comes as text: a call for each of its half million signs is many.',
    from: 'return Uint8Array.from(binaryChars, mapBinaryChar);',
    to: `const bytes = new Uint8Array(binaryChars.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = binaryChars.charCodeAt(at);
  return bytes;`,
  },
  {
    why: 'The form is not written again as text: nothing reads it.',
    from: 'normalizedXML = xformDocument.documentElement.outerHTML;',
    to: 'normalizedXML = sourceXML;',
  },
  {
    why: 'A namespace is one address, not one a node.',
    from: '    return new this(String(namespaceURI));\n  }\n  href;\n',
    to: `    if (!namespaceURLs.has(namespaceURI)) namespaceURLs.set(namespaceURI, new this(String(namespaceURI)));
    return namespaceURLs.get(namespaceURI);
  }
  href;
`,
  },
  {
    why: 'Where they are kept.',
    from: 'class NamespaceURL extends URL {\n',
    to: 'const namespaceURLs = new Map();\nclass NamespaceURL extends URL {\n',
  },
]

/** @param {string} file */
export const isEngine = (file) => /@getodk\/xforms-engine\/dist\/index\.js$/.test(file)

/** @param {string} code */
export function lighten(code) {
  return CHANGES.reduce((changed, { why, from, to }) => {
    if (changed.split(from).length !== 2) throw new Error(`The form engine is another one. Look again at: ${why}`)
    return changed.replace(from, () => to)
  }, code)
}

/** For Vite. */
export function lighterEngine() {
  return {
    name: 'lighter-engine',
    /** @param {string} code @param {string} file */
    transform: (code, file) => (isEngine(file.split('?')[0] ?? '') ? { code: lighten(code), map: null } : null),
  }
}
