/** The most common cause of logits that are not finite. */
export const OVERFLOW =
  'a net whose numbers overflow (train it with a smaller learning rate, or with weight decay)';
