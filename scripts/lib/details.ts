/** What exported files say of themselves. */
import type { PdfDetails } from '../export/document.ts'

export const deckDetails: PdfDetails = {
  title: 'Structure Is a Loan',
  author: 'after def_model_train/1036',
  subject: 'What the history of the Transformer says about what to remove next',
  language: 'en',
}
