/** What exported files say of themselves. */
export const deckDetails = {
  title: 'Structure Is a Loan',
  author: 'after def_model_train/1036',
  subject: 'What the history of the Transformer says about what to remove next',
  language: 'en',
}
