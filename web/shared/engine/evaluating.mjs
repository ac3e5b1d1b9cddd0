/** What the engine does with each expression: lighter. */

/** @type {readonly import('./lighter.mjs').Change[]} */
export const EVALUATING = [
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
