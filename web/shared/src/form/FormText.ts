/** A text of the form with its marks (bold, lists, lines), never its raw HTML. */
import type { MarkdownNode, TextRange, TextRole } from '@getodk/xforms-engine'
import { h, type FunctionalComponent, type VNodeChild } from 'vue'
import { typeset } from '../words/typeset.ts'

// A paragraph may not stand in a label or a legend.
const INLINE: Readonly<Record<string, string>> = { p: 'span', div: 'span', h1: 'strong', h2: 'strong', h3: 'strong', h4: 'strong', h5: 'strong', h6: 'strong', u: 'em', a: 'span' }

export const FormText: FunctionalComponent<{ text: TextRange<TextRole> | null }> = ({ text }) => {
  if (!text) return null
  const parts = text.formatted
  return parts.flatMap((part, place) => [draw(part), isBlock(part) && place < parts.length - 1 ? h('br') : null])
}
FormText.props = ['text']

const BLOCKS = new Set(['p', 'div', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'])

const isBlock = (node: MarkdownNode): boolean => 'elementName' in node && BLOCKS.has(node.elementName)

function draw(node: MarkdownNode): VNodeChild {
  switch (node.role) {
    case 'child':
      return typeset(node.value)
    case 'html':
      return node.unsafeHtml
    case 'line-break':
      return h('br')
    default:
      return h(INLINE[node.elementName] ?? node.elementName, node.children.map(draw))
  }
}
