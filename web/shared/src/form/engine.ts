/** The form engine, started on a form and one of its interviews. */
import { forgetLists, loadForm, readAhead, type LoadFormResult, type RootNode } from '@getodk/xforms-engine'
import { shallowReactive } from 'vue'
import type { FormSource, Start } from './contract.ts'
import { askNoPicture } from './pages.ts'
import { cutToHouseholds, keysRead, valuesIn } from './lists.ts'

declare module '@getodk/xforms-engine' {
  /** Added by `engine/reading.mjs`. */
  export function readAhead(until: number): boolean
  export function forgetLists(): void
}

const LAST_SAVED = '__last-saved'
const INSTANCE_FILE = 'xml_submission_file'
const LONGEST_TASK_MS = 8

type LoadedForm = Exclude<LoadFormResult, { status: 'failure' }>

/** The last form that was made ready: an interview taken up again a moment later is asked the same. */
let last: { readonly source: FormSource; readonly key: string; readonly form: Promise<LoadedForm> } | null = null

interface Options {
  /** Whose persons the interview is about. */
  readonly households?: ReadonlySet<string>
  /** Where the telephone is, for points that a form takes by itself. */
  readonly locate?: () => Promise<string>
  /** No picture is asked. */
  readonly isDiscreet?: boolean | undefined
}

/** Open an interview; what stops the engine is thrown as it says it. */
export async function openInterview(source: FormSource, start: Start, options: Options = {}): Promise<RootNode> {
  const root = await openRoot(source, start, options)
  if (options.isDiscreet) askNoPicture(root)
  return root
}

async function openRoot(source: FormSource, start: Start, options: Options): Promise<RootNode> {
  const { households = householdsOf(start), locate } = options
  const form = await readyForm(source, prepareForm(source.xform, start), households)
  // Shallow: the engine replaces what it tells, and its nodes must not be wrapped.
  const config = { stateFactory: shallowReactive, ...(locate ? { geolocationProvider: { getLocation: locate } } : {}) }
  switch (start.as) {
    case 'new':
      return form.createInstance(config).root
    case 'draft': {
      const data = new FormData()
      data.set(INSTANCE_FILE, new File([start.draft.xml], INSTANCE_FILE, { type: 'text/xml' }))
      // Files are named in the answers and kept elsewhere: the engine need not hold them.
      return (await form.restoreInstance({ data: [data as never] }, config)).root
    }
    case 'correction':
      return (await form.editInstance(
        { inputType: 'FORM_INSTANCE_INPUT_RESOLVABLE', resolveInstance: () => start.xml, attachments: new Map() },
        config,
      )).root
  }
}

function readyForm(source: FormSource, xform: string, households: ReadonlySet<string>): Promise<LoadedForm> {
  const isCut = keysRead(xform).length > 0
  const key = isCut ? [xform, ...[...households].sort()].join('\n') : xform
  if (last?.source !== source || last.key !== key) last = { source, key, form: load(source, xform, isCut ? households : null) }
  return last.form
}

async function load(source: FormSource, xform: string, households: ReadonlySet<string> | null): Promise<LoadedForm> {
  const form = await loadForm(xform, {
    // A list that is not on the telephone offers nothing; it does not bar the interview.
    missingResourceBehavior: 'BLANK',
    fetchFormAttachment: (url) => Promise.resolve(answerWith(source, fileNameOf(url.href), households)),
  })
  if (form.status === 'failure') throw form.error
  readWhileIdle()
  return form
}

/** Make a form ready before somebody asks for it: what it says is then not read while an enumerator waits. */
export async function warmUp(source: FormSource): Promise<void> {
  await readyForm(source, prepareForm(source.xform, { as: 'new' }), new Set())
}

/** Forget whom the lists name; what the form asks is no secret. */
export function forgetPeople(): void {
  last = null
  forgetLists()
}

function readWhileIdle(): void {
  globalThis.requestIdleCallback?.((idle) => {
    if (readAhead(performance.now() + Math.min(idle.timeRemaining(), LONGEST_TASK_MS))) readWhileIdle()
  })
}

/** The file that a `jr://` address names. */
export function fileNameOf(address: string): string {
  return decodeURIComponent(address.slice(address.lastIndexOf('/') + 1))
}

/** Whose persons an interview is about, as far as its beginning tells. */
export function householdsOf(start: Start): Set<string> {
  switch (start.as) {
    case 'new':
      return new Set(Object.values(start.answers ?? {}))
    case 'draft':
      return valuesIn(start.draft.xml)
    case 'correction':
      return valuesIn(start.xml)
  }
}

function answerWith(source: FormSource, name: string, households: ReadonlySet<string> | null): Response {
  const content = source.files.get(name)
  if (content === undefined) return new Response('', { status: 404 })
  if (content instanceof Blob) return new Response(content)
  const type = name.endsWith('.xml') ? 'text/xml' : name.endsWith('.geojson') ? 'application/geo+json' : 'text/csv'
  const read = type === 'text/csv' && households ? cutToHouseholds(content, households) : content
  return new Response(read, { headers: { 'content-type': type } })
}

function prepareForm(told: string, start: Start): string {
  // An id of another namespace than the group that holds it would be written beside the engine's own.
  const xform = told.replace(/(<meta>(?:(?!<\/meta>)[^])*?<)orx:(instanceID\b)/, '$1$2')
  if (start.as === 'new' && start.lastSaved) return inlineLastSaved(xform, start.lastSaved)
  return start.as === 'draft' && start.draft.xml.includes('deprecatedID') ? placeDeprecatedId(xform) : xform
}

/** A draft of a correction names the interview it replaces; the engine keeps only what the form holds. */
function placeDeprecatedId(xform: string): string {
  if (xform.includes('deprecatedID')) return xform
  return xform.replace(/<((?:[\w-]+:)?)instanceID\b[^>]*?(?:\/>|>\s*<\/\1instanceID>)/, '$&<$1deprecatedID/>')
}

/** The engine never fetches the last interview: it is written into the form before loading. */
function inlineLastSaved(xform: string, lastSaved: string): string {
  const parsed = new DOMParser().parseFromString(xform, 'text/xml')
  for (const instance of [...parsed.getElementsByTagName('instance')]) {
    if (!instance.getAttribute('src')?.startsWith('jr://instance/last-saved')) continue
    const saved = new DOMParser().parseFromString(lastSaved, 'text/xml').documentElement
    instance.removeAttribute('src')
    if (!instance.getAttribute('id')) instance.setAttribute('id', LAST_SAVED)
    instance.replaceChildren(parsed.importNode(saved, true))
  }
  return new XMLSerializer().serializeToString(parsed)
}
