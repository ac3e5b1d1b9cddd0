import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import typescript from 'typescript'
import { isEngine, lighten } from '../engine/lighter.mjs'

const { ModuleKind, ScriptTarget } = typescript
const compilerOptions = { module: ModuleKind.ESNext, target: ScriptTarget.ES2022, verbatimModuleSyntax: true }

export async function load(url, context, next) {
  if (!url.endsWith('.ts') && !isEngine(url)) return next(url, context)
  const fileName = fileURLToPath(url)
  const text = await readFile(fileName, 'utf-8')
  // The engine as the application has it.
  if (isEngine(url)) return { format: 'module', source: lighten(text), shortCircuit: true }
  const { outputText } = typescript.transpileModule(text, { fileName, compilerOptions })
  return { format: 'module', source: outputText, shortCircuit: true }
}
