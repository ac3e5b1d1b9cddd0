/** Pictures small enough to leave a village: 1,024 pixels on the long side, 200 kB. */
export const LONG_SIDE = 1024
export const MOST_BYTES = 200_000

const QUALITIES = [0.82, 0.7, 0.58, 0.45, 0.32]
const SMALLER = 0.8

type Source = HTMLVideoElement | ImageBitmap | HTMLCanvasElement

/** Draw a frame again as a JPEG that is small enough; the position a camera wrote in it is gone. */
export async function shrink(source: Source, longSide = LONG_SIDE): Promise<Blob> {
  const [width, height] = sizeOf(source)
  for (let side = Math.min(longSide, Math.max(width, height)); ; side *= SMALLER) {
    const scale = side / Math.max(width, height)
    const canvas = draw(source, Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)))
    for (const quality of QUALITIES) {
      const made = await encode(canvas, quality)
      if (made.size <= MOST_BYTES) return made
    }
  }
}

/** The same of a picture that was chosen; null where the file is none. */
export async function shrinkFile(file: Blob, longSide = LONG_SIDE): Promise<Blob | null> {
  try {
    const bitmap = await createImageBitmap(file)
    const made = await shrink(bitmap, longSide)
    bitmap.close()
    return made
  } catch {
    return null
  }
}

function sizeOf(source: Source): [number, number] {
  return source instanceof HTMLVideoElement ? [source.videoWidth, source.videoHeight] : [source.width, source.height]
}

function draw(source: Source, width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  // JPEG has no transparency: what shows nothing is paper, not night.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.drawImage(source, 0, 0, width, height)
  return canvas
}

function encode(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((made) => (made ? resolve(made) : reject(new Error('no picture'))), 'image/jpeg', quality))
}
