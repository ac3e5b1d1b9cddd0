/** A form at the desk, as the telephone shows it: nothing of it outlives the page. */
import type { Draft, FormSource, Keeper, Start, Tongue } from '@gwa/shared/src/form/contract.ts'
import { createApp } from 'vue'
import Preview from './Preview.vue'
import './preview.css'

interface Told {
  readonly xform: string
  readonly lists: Readonly<Record<string, string>>
  /** Where the pictures, recordings and lists of the version are. */
  readonly media: Readonly<Record<string, string>>
  readonly tongue: Tongue
}

const TEXT = /\.(csv|xml|geojson)$/

async function readSource(told: Told): Promise<FormSource> {
  const media = Object.entries(told.media).map(async ([name, address]) => {
    const answer = await fetch(address)
    return [name, TEXT.test(name) ? await answer.text() : await answer.blob()] as const
  })
  return { xform: told.xform, files: new Map([...Object.entries(told.lists), ...(await Promise.all(media))]) }
}

/** Keeps the draft and its files as long as the page stays. */
function keepInMemory(): { keeper: Keeper; next: () => Start } {
  const files = new Map<string, Blob>()
  let draft: Draft | null = null
  const keeper: Keeper = {
    saveDraft: (told) => Promise.resolve(void (draft = told)),
    putFile: (name, content) => Promise.resolve(void files.set(name, content)),
    getFile: (name) => Promise.resolve(files.get(name) ?? null),
    finish: () => Promise.resolve(void (draft = null)),
  }
  return { keeper, next: () => (draft ? { as: 'draft', draft } : { as: 'new' }) }
}

async function start(place: HTMLElement): Promise<void> {
  const told = JSON.parse(document.getElementById('gwa-preview-data')?.textContent ?? '{}') as Told
  createApp(Preview, { source: await readSource(told), tongue: told.tongue, ...keepInMemory() }).mount(place)
}

const place = document.getElementById('gwa-preview')
if (place) void start(place)
