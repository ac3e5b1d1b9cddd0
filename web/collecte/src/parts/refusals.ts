import type { Refusal } from '@gwa/shared/src/crypto/vault.ts'
import { words } from '../words/index.ts'

/** Say why the vault did not open. */
export function sentenceOf(refusal: Refusal, now = Date.now()): string {
  const { pin } = words.value
  if (refusal.why === 'shut') return pin.shut
  const seconds = Math.ceil((refusal.until - now) / 1000)
  const wait = seconds > 0 ? pin.wait(seconds) : ''
  return refusal.why === 'wrong' ? `${pin.wrong(refusal.left)} ${wait}`.trim() : wait
}
