// A form with data-draft-url sends what is typed to the server, sealed there for its author,
// and gets it back after a crash or a lost session. Nothing is kept in the browser.
const PAUSE = 1200
const LONGEST = 5000
const started = new WeakSet<HTMLFormElement>()

interface Draft {
  fields: Record<string, string[]>
  saved_at: string
}

export function keepDrafts(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>('form[data-draft-url]')) {
    if (started.has(form)) continue
    started.add(form)
    void start(form)
  }
}

async function start(form: HTMLFormElement): Promise<void> {
  // A form that came back with errors, or is drawn from its draft, already holds the newest words.
  const isNewest = form.hasAttribute('data-draft-shown') || form.querySelector('[aria-invalid="true"]')
  if (!isNewest) await restore(form)
  let timer = 0
  let waitsSince = 0
  let last = JSON.stringify(read(form))
  const save = () => {
    window.clearTimeout(timer)
    waitsSince = 0
    const now = JSON.stringify(read(form))
    if (now === last) return
    last = now
    void send(form, now)
  }
  const saveSoon = () => {
    waitsSince ||= Date.now()
    window.clearTimeout(timer)
    // Whoever types without a pause is not left without a draft.
    timer = window.setTimeout(save, Math.min(PAUSE, Math.max(0, waitsSince + LONGEST - Date.now())))
  }
  form.addEventListener('input', saveSoon)
  form.addEventListener('change', saveSoon)
  form.addEventListener('submit', () => window.clearTimeout(timer))
  form.querySelector('[data-draft-forget]')?.addEventListener('click', () => {
    window.clearTimeout(timer)
    void forget(form)
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && form.isConnected) save()
  })
}

async function restore(form: HTMLFormElement): Promise<void> {
  const answer = await fetch(draftUrl(form), { headers: { Accept: 'application/json' } }).catch(
    () => null,
  )
  if (!answer?.ok || answer.status === 204) return
  const draft = (await answer.json()) as Draft
  if (JSON.stringify(draft.fields) === JSON.stringify(read(form))) return
  fill(form, draft.fields)
  show(form, 'restored')
  form.dispatchEvent(new Event('draft:restored', { bubbles: true }))
}

async function send(form: HTMLFormElement, fields: string): Promise<void> {
  const answer = await fetch(draftUrl(form), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token(form) },
    body: fields,
    keepalive: true,
  }).catch(() => null)
  // A session that ended answers with the log-in page: nothing was kept.
  show(form, answer?.ok && !answer.redirected ? 'saved' : 'failed')
}

async function forget(form: HTMLFormElement): Promise<void> {
  const answer = await fetch(draftUrl(form), {
    method: 'DELETE',
    headers: { 'X-CSRFToken': token(form) },
  }).catch(() => null)
  if (answer?.ok) location.reload()
}

function draftUrl(form: HTMLFormElement): string {
  return form.dataset['draftUrl'] ?? ''
}

function token(form: HTMLFormElement): string {
  return form.querySelector<HTMLInputElement>('[name=csrfmiddlewaretoken]')?.value ?? ''
}

function controls(form: HTMLFormElement): (HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement)[] {
  return [...form.elements].filter(
    (element): element is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement =>
      element.matches('input[name], select[name], textarea[name]') &&
      !element.matches(
        '[type=hidden]:not([data-kept]), [type=password], [type=file], :disabled',
      ),
  )
}

function read(form: HTMLFormElement): Record<string, string[]> {
  const fields: Record<string, string[]> = {}
  for (const control of controls(form)) {
    const values = (fields[control.name] ??= [])
    if (control instanceof HTMLInputElement && isChoice(control)) {
      if (control.checked) values.push(control.value)
    } else if (control instanceof HTMLSelectElement) {
      values.push(...[...control.selectedOptions].map((option) => option.value))
    } else {
      values.push(control.value)
    }
  }
  return fields
}

function fill(form: HTMLFormElement, fields: Record<string, string[]>): void {
  for (const control of controls(form)) {
    const values = fields[control.name]
    if (!values) continue
    if (control instanceof HTMLInputElement && isChoice(control)) {
      control.checked = values.includes(control.value)
    } else if (control instanceof HTMLSelectElement) {
      for (const option of control.options) option.selected = values.includes(option.value)
    } else {
      control.value = values.shift() ?? ''
    }
  }
}

function isChoice(control: HTMLInputElement): boolean {
  return control.type === 'checkbox' || control.type === 'radio'
}

function show(form: HTMLFormElement, state: 'saved' | 'restored' | 'failed'): void {
  const line = form.querySelector<HTMLElement>('[data-draft-state]')
  if (line) line.textContent = line.dataset[state] ?? ''
  const button = form.querySelector<HTMLElement>('[data-draft-forget]')
  if (button) button.hidden = state !== 'restored'
  if (state !== 'restored') return
  const bar = form.querySelector<HTMLElement>('[data-draft-bar]')
  bar?.classList.add('is-found')
  bar?.parentElement?.prepend(bar)
}
