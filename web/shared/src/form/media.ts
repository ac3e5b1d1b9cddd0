/** The pictures and recordings that go with a form, where the page can show them from. */
import { onScopeDispose } from 'vue'
import type { FormSource } from './contract.ts'
import { fileNameOf } from './engine.ts'

export function useMedia(source: FormSource): (media: { readonly href: string } | undefined) => string {
  const addresses = new Map<string, string>()
  onScopeDispose(() => addresses.forEach((address) => URL.revokeObjectURL(address)))
  return (media) => {
    if (!media) return ''
    const name = fileNameOf(media.href)
    const content = source.files.get(name)
    if (content === undefined) return ''
    const known = addresses.get(name)
    if (known) return known
    const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content]))
    addresses.set(name, address)
    return address
  }
}
