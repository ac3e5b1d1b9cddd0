/** What the interview asks of whoever shows it: where answers are kept, and nothing of how. */

/** A form as it was published, with the files it reads. */
export interface FormSource {
  readonly xform: string
  /** Lists and media by their file name (`menages.csv`, `zones.csv`…). */
  readonly files: ReadonlyMap<string, string | Blob>
}

/** What a known household answered before, as the form would say it. */
export interface Former {
  readonly household: string
  /** The day of its last interview, where one is known. */
  readonly askedOn: string
  /** By the question's path; those of members by the id that the lists know them by. */
  readonly answers: Readonly<Record<string, string>>
  readonly members: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** A part, or a member, that holds former answers: at which questions, and whether somebody said that they hold
 *  (`kept`) or opened them to be asked again. */
export interface FormerPart {
  readonly state: 'unread' | 'kept' | 'opened'
  /** From the part's own place on. */
  readonly paths: readonly string[]
}

export interface FormerState {
  readonly household: string
  readonly askedOn: string
  /** Former answers of members whose line has not come yet. */
  readonly waiting: Former['members']
  readonly parts: Readonly<Record<string, FormerPart>>
}

/** What is remembered of an interview that is not finished: enough to open it at the same question. */
export interface Draft {
  /** The instance as the engine writes it, answers of questions that are not asked now included. */
  readonly xml: string
  /** The page that was shown, as the interview names it. */
  readonly position: string
  readonly language: string
  readonly events: readonly InterviewEvent[]
  readonly former?: FormerState | undefined
}

/** One line of the interview's log: never an answer, only what was done and when. */
export interface InterviewEvent {
  readonly at: number
  readonly what: 'opened' | 'answered' | 'changed' | 'paused' | 'resumed' | 'language' | 'confirmed' | 'finished'
  readonly where: string
}

/** A point to mend, on an interview that was sent back. */
export interface Comment {
  /** The question's reference in the instance, with the place in its repeat. */
  readonly path: string
  readonly text: string
}

/** The language of the screens around the form; the questions are in the form's own. */
export type Tongue = 'fr' | 'en' | 'bm'

/** How an interview begins. */
export type Start =
  | {
      readonly as: 'new'
      /** What the work on the telephone knows already, by name of question (`village`, `known_how`…). */
      readonly answers?: Readonly<Record<string, string>>
      /** The last interview that was finished with this form, for `jr://instance/last-saved`. */
      readonly lastSaved?: string
      readonly former?: Former | undefined
    }
  | { readonly as: 'draft'; readonly draft: Draft }
  /** A finished interview taken up again: the engine gives it a new id and names the former one. */
  | { readonly as: 'correction'; readonly xml: string }

/** Where an interview is kept. Each promise holds once the disk has it. */
export interface Keeper {
  saveDraft(draft: Draft): Promise<void>
  putFile(name: string, content: Blob): Promise<void>
  getFile(name: string): Promise<Blob | null>
  /** Called once; the instance is complete, `files` are those it names. */
  finish(xml: string, files: readonly string[], events: readonly InterviewEvent[]): Promise<void>
}

/** What `InterviewScreen.vue` is given. It emits `close` (the draft is on the disk), `finished`, and
 * `language` with the tag (`fr`, `bm`…) or name of the language chosen for the form. */
export interface InterviewProps {
  readonly source: FormSource
  readonly keeper: Keeper
  readonly start: Start
  readonly tongue: Tongue
  /** The language of the form that this person chose last. */
  readonly language?: string | undefined
  readonly comments?: readonly Comment[] | undefined
  /** Where a zone is not safe: no picture is asked, and points are rounded. */
  readonly isDiscreet?: boolean | undefined
}
