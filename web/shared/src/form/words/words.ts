/** What the screens around the form say, in one language. */
export interface Words {
  readonly next: string
  readonly back: string
  readonly close: string
  readonly cancel: string
  readonly contents: string
  readonly language: string
  readonly interview: string
  readonly optional: string
  readonly search: string
  readonly noChoice: string
  readonly moreChoices: (hidden: number) => string
  readonly choose: string
  readonly clear: string
  readonly required: string
  readonly wrong: string
  readonly notANumber: string
  readonly notADate: string
  readonly read: string
  readonly day: string
  readonly month: string
  readonly year: string
  readonly months: readonly string[]
  readonly dayUnknown: string
  readonly monthUnknown: string
  readonly up: (what: string) => string
  readonly down: (what: string) => string
  readonly rank: string
  readonly rankAsIs: string
  readonly takePhoto: string
  readonly retakePhoto: string
  readonly shoot: string
  readonly chooseFile: string
  readonly removeFile: string
  readonly photoTaken: string
  readonly fileKept: (name: string) => string
  readonly cameraRefused: string
  readonly sign: string
  readonly signHere: string
  readonly keepSignature: string
  readonly signed: string
  readonly record: string
  readonly stop: string
  readonly recording: string
  readonly microphoneRefused: string
  readonly scan: string
  readonly scanning: string
  readonly typeCode: string
  readonly positionSearching: string
  readonly positionAccuracy: (metres: number, at: string) => string
  readonly positionKeep: string
  readonly positionTake: string
  readonly positionRefused: string
  readonly positionWeak: (metres: number) => string
  readonly positionWhy: string
  readonly positionReasons: readonly string[]
  readonly mapUnsupported: string
  readonly fileLost: string
  readonly opening: string
  readonly failed: string
  readonly comment: string
  readonly progress: (done: number, all: number) => string
  readonly line: string
  readonly state: (state: 'complete' | 'missing' | 'empty', missing: number) => string
  readonly add: string
  readonly remove: string
  readonly removeTitle: (name: string) => string
  readonly removeLoses: (answers: number) => string
  readonly goOnWith: (name: string) => string
  readonly goOn: string
  readonly backToList: string
  readonly listIsFull: string
  readonly fewer: string
  readonly fewerLoses: string
  readonly keepAll: string
  readonly removeThem: string
  readonly end: string
  readonly endLead: string
  readonly errors: string
  readonly warnings: string
  readonly unanswered: string
  readonly noErrors: string
  readonly noWarnings: string
  readonly noUnanswered: string
  readonly finish: string
  readonly finishBarred: string
  readonly finishing: string
  readonly notKept: string
  readonly diskFull: string
  readonly tryAgain: string
  readonly toConfirm: string
  readonly former: (day: string) => string
  readonly somethingChanged: string
  readonly summary: string
  readonly nothingChanged: string
  readonly change: string
  readonly closed: string
  readonly finished: string
  readonly resume: string
  readonly startAgain: string
}
