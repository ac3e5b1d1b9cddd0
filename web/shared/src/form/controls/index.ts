/** Which control answers which question. */
import type { AnyControlNode } from '@getodk/xforms-engine'
import { defineAsyncComponent, type Component } from 'vue'
import ChoicesControl from './ChoicesControl.vue'
import DateControl from './DateControl.vue'
import FileControl from './FileControl.vue'
import PickControl from './PickControl.vue'
import PositionControl from './PositionControl.vue'
import RangeControl from './RangeControl.vue'
import RankControl from './RankControl.vue'
import ReadControl from './ReadControl.vue'
import TextControl from './TextControl.vue'
import TriggerControl from './TriggerControl.vue'

// What opens a camera or a pen waits until a form asks for it.
const BarcodeControl = defineAsyncComponent(() => import('./BarcodeControl.vue'))
const PhotoControl = defineAsyncComponent(() => import('./PhotoControl.vue'))
const SignatureControl = defineAsyncComponent(() => import('./SignatureControl.vue'))
const VoiceControl = defineAsyncComponent(() => import('./VoiceControl.vue'))

/** Above it, a list is searched rather than read. */
export const MANY = 15

export function controlFor(node: AnyControlNode): Component | null {
  if (node.nodeType === 'note') return node.currentState.instanceValue ? ReadControl : null
  if (node.currentState.readonly) return ReadControl
  switch (node.nodeType) {
    case 'select':
      return isPicked(node) ? PickControl : ChoicesControl
    case 'rank':
      return RankControl
    case 'range':
      return RangeControl
    case 'trigger':
      return TriggerControl
    case 'upload':
      return uploadControl(node)
    default:
      return INPUTS[node.valueType] ?? TextControl
  }
}

const INPUTS: Readonly<Record<string, Component>> = {
  date: DateControl,
  geopoint: PositionControl,
  geotrace: ReadControl,
  geoshape: ReadControl,
  barcode: BarcodeControl,
}

/** Whether a question is a group of controls under one legend, rather than one control. */
export function isGrouped(node: AnyControlNode): boolean {
  const control = controlFor(node)
  return control !== null && ![TextControl, PickControl, RangeControl, ReadControl, FileControl].includes(control as never)
}

function isPicked(node: AnyControlNode & { nodeType: 'select' }): boolean {
  if (node.selectType !== 'select1' || node.currentState.isSelectWithImages) return false
  const { minimal, autocomplete } = node.appearances
  return Boolean(minimal) && !autocomplete && node.currentState.valueOptions.length <= MANY
}

function uploadControl(node: AnyControlNode & { nodeType: 'upload' }): Component {
  const { type } = node.nodeOptions.media
  const looks = node.appearances as unknown as Readonly<Record<string, boolean>>
  if (type === 'image') return looks['signature'] || looks['draw'] ? SignatureControl : PhotoControl
  return type === 'audio' ? VoiceControl : FileControl
}
