/** The answers as XML, those that are not asked now included: a finished interview leaves them out,
 * a draft keeps them, so that a change of mind finds them again. */
import type { AnyControlNode, AnyNode, RootNode } from '@getodk/xforms-engine'
import { childrenOf } from './nodes.ts'

type Attribute = RootNode['currentState']['attributes'][number]

interface Written {
  /** What the interview was opened with. */
  readonly instanceNode?: { readonly value: string } | null
  readonly definition: {
    readonly qualifiedName: { getPrefixedName(): string }
    readonly namespaceDeclarations?: ReadonlyMap<unknown, { serializeNamespaceDeclarationXML(options: object): string }>
  }
}

export function writeDraft(root: RootNode): string {
  const spaces = (root as unknown as Written).definition.namespaceDeclarations
  const declared = [...(spaces?.values() ?? [])]
    .map((one) => one.serializeNamespaceDeclarationXML({ omitDefaultNamespace: true }))
    .join('')
  return write(root as AnyNode, declared)
}

function write(node: AnyNode, declared = ''): string {
  const { children, attributes } = node.currentState
  const within = children ? childrenOf(node).map((child) => write(child)).join('') : escapeText(valueOf(node))
  if (node.nodeType.startsWith('repeat-range')) return within
  const name = (node as unknown as Written).definition.qualifiedName.getPrefixedName()
  const told = (attributes ?? []).map((one: Attribute) => one.instanceState.instanceXML).join('')
  return within ? `<${name}${declared}${told}>${within}</${name}>` : `<${name}${declared}${told}/>`
}

/** The engine shows no answer of a question that is not asked: what was answered is noted here. */
const answered = new WeakMap<AnyControlNode, string>()

export function noteAnswer(node: AnyControlNode): void {
  answered.set(node, node.currentState.instanceValue)
}

function valueOf(node: AnyNode): string {
  const told = 'instanceValue' in node.currentState ? node.currentState.instanceValue : ''
  if (node.currentState.relevant) return told
  return answered.get(node as AnyControlNode) ?? (node as unknown as Written).instanceNode?.value ?? told
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

const escapeText = (text: string): string => text.normalize().replace(/[&<>]/g, (sign) => SIGNS[sign] ?? sign)
