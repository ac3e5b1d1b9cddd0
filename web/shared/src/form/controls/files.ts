/** An answer that is a file: it is on the disk before the answer names it. */
import type { UploadNode } from '@getodk/xforms-engine'
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { injectInterview } from '../interview.ts'
import { localName } from '../nodes.ts'

export interface KeptFile {
  /** The file's name; empty where there is none. */
  readonly name: Ref<string>
  /** Where the page may show it from; empty where it is not on this telephone. */
  readonly address: Ref<string>
  keep(content: Blob, extension: string): Promise<void>
  remove(): void
}

export function useKeptFile(node: UploadNode): KeptFile {
  const interview = injectInterview()
  const name = ref('')
  const address = ref('')

  async function show(): Promise<void> {
    const wanted = node.currentState.instanceValue
    name.value = wanted
    const content = wanted ? await interview.keeper.getFile(wanted) : null
    if (wanted !== node.currentState.instanceValue) return
    if (address.value) URL.revokeObjectURL(address.value)
    address.value = content ? URL.createObjectURL(content) : ''
  }

  // The engine needs the name alone, and an empty name means no file: it knows no other way to forget
  // one that was there when the draft was opened.
  function setName(told: string, type = ''): void {
    interview.answer(node, () => node.setValue(new File([], told, { type })))
  }

  watch(() => node.currentState.instanceValue, () => void show(), { immediate: true })
  onScopeDispose(() => URL.revokeObjectURL(address.value))
  return {
    name,
    address,
    async keep(content, extension) {
      const made = `${localName(node)}-${Date.now()}.${extension}`
      try {
        await interview.keeper.putFile(made, content)
      } catch (error) {
        return interview.notKept(error)
      }
      setName(made, content.type)
      await interview.settle()
    },
    remove: () => setName(''),
  }
}
