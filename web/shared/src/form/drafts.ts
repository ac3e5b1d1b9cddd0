/** The answers as XML, those that are not asked now included: a finished interview leaves them out,
 * a draft keeps them, so that a change of mind finds them again. */
import type { AnyControlNode, RootNode } from '@getodk/xforms-engine'

/** A node as the engine itself has it: what is read there is not followed by the page. */
interface Node {
  readonly nodeType: string
  /** What the interview was opened with. */
  readonly instanceNode?: { readonly value: string } | null
  readonly definition: {
    readonly qualifiedName: { getPrefixedName(): string }
    readonly namespaceDeclarations?: ReadonlyMap<unknown, { serializeNamespaceDeclarationXML(options: object): string }>
  }
  readonly engineState: { readonly children: unknown; readonly instanceValue?: string; readonly relevant: boolean }
  getChildren(): readonly Node[]
  getAttributes(): readonly Node[]
}

export function writeDraft(root: RootNode): string {
  const node = root as unknown as Node
  const declared = [...(node.definition.namespaceDeclarations?.values() ?? [])]
    .map((one) => one.serializeNamespaceDeclarationXML({ omitDefaultNamespace: true }))
    .join('')
  return write(node, declared)
}

function write(node: Node, declared = ''): string {
  const within = node.engineState.children ? node.getChildren().map((child) => write(child)).join('') : escapeText(valueOf(node))
  if (node.nodeType.startsWith('repeat-range')) return within
  const name = nameOf(node)
  const told = node.getAttributes().map((one) => ` ${nameOf(one)}="${escapeText(valueOf(one)).replaceAll('"', '&quot;')}"`).join('')
  return within ? `<${name}${declared}${told}>${within}</${name}>` : `<${name}${declared}${told}/>`
}

const nameOf = (node: Node): string => node.definition.qualifiedName.getPrefixedName()

/** The engine shows no answer of a question that is not asked: what was answered is noted here. */
const answered = new WeakMap<object, string>()

export function noteAnswer(node: AnyControlNode): void {
  answered.set(node, node.currentState.instanceValue)
}

function valueOf(node: Node): string {
  const { instanceValue = '', relevant } = node.engineState
  if (relevant) return instanceValue
  return answered.get(node) ?? node.instanceNode?.value ?? instanceValue
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

const escapeText = (text: string): string => text.normalize().replace(/[&<>]/g, (sign) => SIGNS[sign] ?? sign)
