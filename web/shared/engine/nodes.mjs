/** What the engine makes of each question and each part of an interview: lighter. */

/** @type {readonly import('./lighter.mjs').Change[]} */
export const NODES = [
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
    why: 'An expression is evaluated once somebody asks for its value, once its node is a part of the interview, and where it says so.',
    from: 'const createComputedExpression = (context, dependentExpression, options = {}) => {\n',
    to: `const lazily = (make) => {
  let made;
  return () => (made ??= make())();
};
const lazilyIn = (scope, make) => lazily(() => scope.runTask(make));
const createComputedExpression = (context, dependentExpression, options = {}) => lazily(() => {
  const { contextNode, evaluator, scope } = context;
  const { expression, isTranslated, resultType } = dependentExpression;
  const evaluate = expressionEvaluator(evaluator, resultType, expression, { contextNode });
  if (isConstantExpression(expression)) {
    const value = untrack(evaluate);
    return () => value;
  }
  const blank = options.defaultValue ?? defaultEvaluationsByType[resultType];
  return scope.runTask(() => createMemo(() => {
    if (options.when && !options.when()) return blank;
    if (isTranslated) context.getActiveLanguage();
    if (context.isAttached()) return evaluate();
    // How many lines a repeat has is asked before they are there.
    if (resultType !== "number") return blank;
    try {
      return evaluate(blank);
    } catch {
      return blank;
    }
  }));
});
const createEagerExpression = (context, dependentExpression, options = {}) => {
`,
  },
  {
    why: 'An answer of a question that nothing depends on needs no memory of whether it is asked.',
    from: 'const createRelevantValueState = (context, baseValueState) => {\n',
    to: `const createRelevantValueState = (context, [getBaseValue, setValue]) => {
  const compute = () => context.isRelevant() ? getBaseValue() : "";
  const remember = lazilyIn(context.scope, () => createMemo(compute));
  return [() => Listener === null ? compute() : remember(), setValue];
};
const createEagerValueState = (context, baseValueState) => {
`,
  },
  {
    why: 'Only lines of repeats come and go: any other node is a part of the interview when its parent is.',
    from: `    this.isAttachedDescendant = this.scope.runTask(() => {
      return createMemo(() => {
        for (const child of parent.getChildren()) {
          if (child === self) {
            return true;
          }
        }
        return false;
      });
    });
    this.isAttached = this.scope.runTask(() => {
      return createMemo(() => {
        return this.parent.isAttached() && this.isAttachedDescendant();
      });
    });
`,
    to: `    this.isAttached = parent.getInstanceIndex
      ? this.scope.runTask(() => createMemo(() => parent.isAttached() && parent.getChildren().includes(self)))
      : parent.isAttached;
`,
  },
  {
    why: 'The engine reads what it told, and the page what it has looked at: not ten sides of each of three thousand nodes.',
    from: 'const createSharedNodeState = (scope, spec, options) => {\n',
    to: `const toldSides = {
  get: (spec, key) => {
    const told = spec[key];
    return isComputedPropertySpec(told) ? told() : isMutablePropertySpec(told) ? told[0]() : told;
  }
};
class FollowedSides {
  constructor(scope, engineState, factory) {
    this.scope = scope;
    this.engineState = engineState;
    this.factory = factory;
    this.state = null;
  }
  get(spec, key) {
    if (!(key in spec)) return undefined;
    if (this.state === null) {
      this.state = this.factory({});
      this.followed = new Set();
    }
    if (!this.followed.has(key)) {
      this.followed.add(key);
      this.scope.runTask(() => createComputed(() => {
        this.state[key] = this.engineState[key];
      }));
    }
    return this.state[key];
  }
  set() {
    throw new TypeError("Cannot write directly to client-facing currentState");
  }
}
const createSharedNodeState = (scope, spec, options) => {
  const engineState = new Proxy(spec, toldSides);
  const currentState = new Proxy(spec, new FollowedSides(scope, engineState, options.clientStateFactory));
  return { spec, engineState, clientState: currentState, currentState };
};
const createWholeNodeState = (scope, spec, options) => {
`,
  },
  {
    why: 'The attributes of a node are told once.',
    from: 'const createAttributeState = (scope) => {\n',
    to: `const createAttributeState = () => {
  let attributes = [];
  return {
    getAttributes: () => attributes,
    setAttributes: (told) => attributes = told
  };
};
const createChangingAttributes = (scope) => {
`,
  },
  {
    why: 'A task is run as it is.',
    from: `      return runWithOwner$1(owner, () => {
        return task({
          dispose,
          owner,
          runTask
        });
      });
`,
    to: '      return runWithOwner$1(owner, task);\n',
  },
  {
    why: 'A node is named by a number.',
    from: '  return crypto?.randomUUID?.bind(crypto) ?? createUniqueId$1;\n',
    to: '  return createUniqueId$1;\n',
  },
  {
    why: 'Most forms do nothing on events.',
    from: '    const actions = context.definition.model.actions.get(context.contextReference());\n',
    to: `    const all = context.definition.model.actions;
    const actions = all.size === 0 ? null : all.get(context.contextReference());
`,
  },
]
