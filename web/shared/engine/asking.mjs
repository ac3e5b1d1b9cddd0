/** What the engine makes of a question once it is asked, its words, choices and judgement: lighter. */

/** @type {readonly import('./lighter.mjs').Change[]} */
export const ASKING = [
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
    why: 'What is wrong below a node is gathered when it is asked for, not at each answer for each node above.',
    from: '    const violations = createMemo(() => {\n      return collectViolationReferences(context);\n    });\n',
    to: '    const violations = () => collectViolationReferences(context);\n',
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
    why: 'Words are composed once somebody reads them, and where their question is asked.',
    from: 'const createTextRange = (context, role, definition) => {\n',
    to: `const createTextRange = (context, role, definition) => lazilyIn(context.scope, () => createMemo(() => {
  const isAsked = !context.isRelevant || context.isRelevant();
  const { chunks, mediaSources } = isAsked ? createTextChunks(context, definition) : { chunks: [] };
  return new TextRange(role, chunks, mediaSources);
}));
const createEagerTextRange = (context, role, definition) => {
`,
  },
  {
    why: 'An answer within words is read with them: it needs no memory of its own each time they are composed.',
    from: '    const computed = createComputedExpression(context, chunkExpression)();\n',
    to: `    const { contextNode, evaluator } = context;
    const computed = context.isAttached() ? evaluator.evaluateString(chunkExpression.expression, { contextNode }) : "";
`,
  },
  {
    why: 'Choices are listed once somebody looks at them.',
    from: 'const createItemCollection = (control) => {\n',
    to: `const createItemCollection = (control) => lazily(() => createItemsOf(control));
const createItemsOf = (control) => {
`,
  },
  {
    why: 'The same of what is told of them.',
    from: `    const isSelectWithImages = this.scope.runTask(() => {
      return createMemo(() => valueOptions().some((item) => !!item.label.imageSource));
    });
    const mapOptionsByValue = this.scope.runTask(() => {`,
    to: `    const isSelectWithImages = () => valueOptions().some((item) => !!item.label.imageSource);
    const mapOptionsByValue = lazilyIn(this.scope, () => {`,
  },
  {
    why: 'What is not answered is among any choices.',
    from: `    const getValue = this.scope.runTask(() => {
      return createMemo(() => {
        const optionsByValue = mapOptionsByValue();
        return baseGetValue().filter((value) => {`,
    to: `    const getValue = lazilyIn(this.scope, () => {
      return createMemo(() => {
        const values = baseGetValue();
        if (!values.some(Boolean)) return NOTHING_CHOSEN;
        const optionsByValue = mapOptionsByValue();
        return values.filter((value) => {`,
  },
  {
    why: 'The same nothing each time: who reads it need not look again.',
    from: 'class SelectControl extends ValueNode {\n',
    to: 'const NOTHING_CHOSEN = [];\nclass SelectControl extends ValueNode {\n',
  },
  {
    why: 'The same, as it is written.',
    from: `    this.getInstanceValue = this.scope.runTask(() => {
      return createMemo(() => {
        return codec.encodeValue(getValue());`,
    to: `    this.getInstanceValue = lazilyIn(this.scope, () => {
      return createMemo(() => {
        return codec.encodeValue(getValue());`,
  },
  {
    why: 'Without a constraint and not required, an answer is always valid; else it is judged once somebody asks.',
    from: 'const createValidationState = (context, options) => {\n',
    to: `const createValidationState = (context, options) => {
  const { bind } = context.definition;
  if (bind.constraint == null && bind.required.isDefaultExpression) {
    const valid = { constraint: constraintValid(), required: requiredValid(), violation: null };
    return { engineState: valid, currentState: valid };
  }
  let made;
  const judge = () => made ??= createJudgement(context, options);
  return {
    get engineState() {
      return judge().engineState;
    },
    get currentState() {
      return judge().currentState;
    }
  };
};
const createJudgement = (context, options) => {
`,
  },
]
