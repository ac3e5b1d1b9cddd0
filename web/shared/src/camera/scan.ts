/** Reads QR and bar codes: by the browser where it can, else by a decoder fetched when first needed. */
type Decoder = (frame: HTMLVideoElement | ImageBitmap) => Promise<string | null>

interface NativeDetector {
  detect(frame: CanvasImageSource): Promise<readonly { rawValue: string }[]>
}

interface NativeDetectorClass {
  new (options: { formats: readonly string[] }): NativeDetector
  getSupportedFormats(): Promise<readonly string[]>
}

// A code fills most of the frame: more pixels only cost time.
const SIDE = 800

export async function loadDecoder(): Promise<Decoder> {
  return (await nativeDecoder()) ?? (await wasmDecoder())
}

async function nativeDecoder(): Promise<Decoder | null> {
  const Detector = (globalThis as { BarcodeDetector?: NativeDetectorClass }).BarcodeDetector
  const formats = (await Detector?.getSupportedFormats().catch(() => [])) ?? []
  if (!Detector || !formats.includes('qr_code')) return null
  const detector = new Detector({ formats })
  return async (frame) => (await detector.detect(frame))[0]?.rawValue ?? null
}

async function wasmDecoder(): Promise<Decoder> {
  const [{ prepareZXingModule, readBarcodes }, { default: address }] = await Promise.all([
    import('zxing-wasm/reader'),
    import('zxing-wasm/reader/zxing_reader.wasm?url'),
  ])
  await prepareZXingModule({ overrides: { locateFile: () => address }, fireImmediately: true })
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('no canvas')
  return async (frame) => {
    const [width, height] = frame instanceof ImageBitmap ? [frame.width, frame.height] : [frame.videoWidth, frame.videoHeight]
    if (!width || !height) return null
    const scale = Math.min(1, SIDE / Math.max(width, height))
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    context.drawImage(frame, 0, 0, canvas.width, canvas.height)
    const found = await readBarcodes(context.getImageData(0, 0, canvas.width, canvas.height), { maxNumberOfSymbols: 1, tryHarder: true })
    return found.find((one) => one.isValid)?.text ?? null
  }
}
