/** What the engine does once with a form: lighter. */

/** @type {readonly import('./lighter.mjs').Change[]} */
export const READING = [
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
    to: `const findConstantExpressionNode = (expression) => {
  if (!/^\\s*(\\d|\\.\\d|['"]|(true|false)\\s*\\()/.test(expression)) return null;
`,
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
    why: 'A path from the top, a list without relative paths and a text are the same wherever they stand.',
    from: 'const resolveParsedNodesetReference = (contextReference, reference) => {\n',
    to: `const resolveParsedNodesetReference = (contextReference, reference) => {
  if (/^(\\/[A-Za-z_][\\w.-]*)+$/.test(reference)) return reference;
  if (/^jr:itext\\(('[^']*'|"[^"]*")\\)$/.test(reference)) return reference;
  if (/^instance\\(/.test(reference) && !/\\.|current/.test(reference)) return reference;
`,
  },
  {
    why: 'An expression that the form does not give is the usual one, and known as such.',
    from: '    return new this(computation, expression);\n  }\n  isDefaultExpression;',
    to: '    return new this(computation, bind.bindElement.getAttribute(computation));\n  }\n  isDefaultExpression;',
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
  {
    why: 'The parts of a form are picked out of it, not looked for by expressions.',
    from: `    let binds = evaluator.evaluateNodes(
      "./xf:bind[@nodeset]",
      {
        contextNode: model
      }
    );
    const setValues = evaluator.evaluateNodes(
      \`./xf:\${SET_VALUE_LOCAL_NAME}[@event]\`,
      {
        contextNode: model
      }
    );
`,
    to: `    const partsOf = (parent, name, attribute) => Array.from(parent.children).filter((part) =>
      part.localName === name && part.namespaceURI === XFORMS_NAMESPACE_URI$1 && (!attribute || part.hasAttribute(attribute)));
    let binds = partsOf(model, "bind", "nodeset");
    const setValues = partsOf(model, SET_VALUE_LOCAL_NAME, "event");
`,
  },
  {
    why: 'The same of lists.',
    from: `    const instances = evaluator.evaluateNodes("./xf:instance", {
      contextNode: model
    });
`,
    to: '    const instances = partsOf(model, "instance");\n',
  },
  {
    why: 'The same of languages.',
    from: `    const itextTranslationElements = evaluator.evaluateNodes(
      "./xf:itext/xf:translation[@lang]",
      {
        contextNode: model
      }
    );
`,
    to: `    const itextTranslationElements = partsOf(model, "itext").flatMap((texts) => partsOf(texts, "translation", "lang"));
`,
  },
  {
    why: 'A form is read once, however many interviews are held with it.',
    from: `    const xformDOM = XFormDOM.from(sourceXML);
    const { model } = new XFormDefinition(xformDOM);
`,
    to: `    if (lastRead?.sourceXML !== sourceXML) {
      const xformDOM = XFormDOM.from(sourceXML);
      lastRead = { sourceXML, xformDOM, model: new XFormDefinition(xformDOM).model };
    }
    const { xformDOM, model } = lastRead;
`,
  },
  {
    why: 'It is kept until another one is read.',
    from: 'const loadFormResult = async (scope, formResource, options) => {\n',
    to: 'let lastRead = null;\nconst loadFormResult = async (scope, formResource, options) => {\n',
  },
  {
    why: 'So are its lists, and those beside it that stay the same.',
    from: '        const { root } = source.parseDefinition();\n        return [root.getAttributeValue("id"), root];',
    to: `        const told = source.resource?.data ?? source.domElement;
        const known = listsRead.get(source.instanceId);
        const root = known?.told === told ? known.root : source.parseDefinition().root;
        listsRead.set(source.instanceId, { told, root });
        return [root.getAttributeValue("id"), root];`,
  },
  {
    why: 'They are kept by their name.',
    from: 'class SecondaryInstancesDefinition extends Map {\n',
    to: `const listsRead = new Map();
export const forgetLists = () => listsRead.clear();
class SecondaryInstancesDefinition extends Map {
`,
  },
  {
    why: 'What stands in an element is made once somebody looks: few of ten thousand lines are looked at.',
    from: `    const { children, childElements, leafValue } = buildStaticElementChildren(this, options);
    this.children = children;
    this.childElements = childElements;
    this.computedValue = leafValue;
    this.value = leafValue;
  }
  computedValue;
`,
    to: `    this.options = options;
    this.made = null;
    this.text = null;
  }
  make() {
    this.made = buildStaticElementChildren(this, this.options);
    this.options = null;
    return this.made;
  }
  get children() {
    return (this.made ?? this.make()).children;
  }
  get childElements() {
    return (this.made ?? this.make()).childElements;
  }
  get value() {
    return (this.made ?? this.make()).leafValue;
  }
  /** The texts that stand under a name, without making anything of them. */
  textsNamed(name) {
    const children = this.made ? [] : this.options.children ?? [];
    const isPlain = children.length > 0 && children.every((child) =>
      typeof child.name === "string" && child.children?.length === 1 && typeof child.children[0] === "string");
    if (isPlain) return children.filter((child) => child.name === name).map((child) => child.children[0]);
    return this.childElements.filter((child) => child.qualifiedName.localName === name).map((child) => child.getXPathValue());
  }
  get computedValue() {
    return this.text ?? this.value;
  }
  set computedValue(text) {
    this.text = text;
  }
`,
  },
  {
    why: 'There.',
    from: '  attributes;\n  children;\n  childElements;\n  value;\n  isLeafElement() {\n',
    to: '  attributes;\n  isLeafElement() {\n',
  },
  {
    why: 'A sign of an expression is read where somebody asks for it.',
    from: `    const {
      type,
      text,
      childCount,
      children
    } = node;
    this.type = type;
    this.text = text;
`,
    to: `    const { type, childCount, children } = node;
    this.node = node;
    this.type = type;
`,
  },
  {
    why: 'There.',
    from: 'class SyntaxNode {\n  type;\n  text;\n',
    to: `class SyntaxNode {
  type;
  get text() {
    return this.read ??= this.node.text;
  }
`,
  },
  {
    why: 'Nobody asks an expression for all words of its language.',
    from: '    this.language = new SyntaxLanguage(language);\n',
    to: '',
  },
  {
    why: 'What an expression of the form says may be read before it is needed, while nobody touches the telephone.',
    from: '    this.resultType = resultType;\n    this.expression = expression;\n',
    to: '    this.resultType = resultType;\n    this.expression = expression;\n    unread.add(expression);\n',
  },
  {
    why: 'How: until that time; whether some are left.',
    from: 'class DependentExpression {\n',
    to: `const unread = new Set();
export const readAhead = (until) => {
  for (const expression of unread) {
    unread.delete(expression);
    try {
      const tree = expressionParser.parse(expression);
      tree.ready ??= createExpression(tree.rootNode);
    } catch {
      // Whoever needs it will hear of it.
    }
    if (performance.now() > until) break;
  }
  return unread.size > 0;
};
class DependentExpression {
`,
  },
]
