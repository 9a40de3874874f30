/** What a browser runs to take the fingerprints of lab/fingerprints.ts. */
import { join } from 'node:path'
import { build } from 'vite'
import { root } from '../../talk/slides.ts'

/**
 * The laboratory as one classic script, made by the deck's own bundler. Run in a page it declares `lab`, for the whole
 * page, with `lab.takeFingerprints(names)`.
 */
export async function bundledLab(): Promise<string> {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry: join(root, 'lab', 'fingerprints.ts'), formats: ['iife'], name: 'lab' } },
  })
  const [output] = [built].flat()
  if (!output || !('output' in output))
    throw new Error('The bundler gave nothing.')
  return output.output[0].code
}
