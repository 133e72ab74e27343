/** The views of the page, in the order of the navigation. */
export const viewNames = ['learn', 'stack', 'draw', 'compare'] as const;

export type ViewName = (typeof viewNames)[number];

/** What a newcomer reads first, in a few short sentences. */
export interface Introduction {
  /** The name in the navigation. */
  readonly link: string;
  readonly title: string;
  readonly text: string;
}

export const introductions: Readonly<Record<ViewName, Introduction>> = {
  learn: {
    link: 'Learn',
    title: 'A machine teaches itself the strokes of digits',
    text:
      'A restricted Boltzmann machine looks at handwritten digits, without being told what they ' +
      'are, and learns features from which it can redraw them. Each picture under “Filters” ' +
      'shows what one hidden unit looks for: watch noise turn into strokes.',
  },
  stack: {
    link: 'Stack',
    title: 'Build a deep belief net, layer by layer',
    text:
      'When a layer has learned enough, freeze it and train the next one on its features, which ' +
      'it combines into larger ones. Then see what such a start is worth: train on a few labeled ' +
      'digits, and compare with the same net started from random weights.',
  },
  draw: {
    link: 'Draw',
    title: 'Draw, and see what the units see',
    text:
      'Draw a digit and watch its features, reconstruction and class follow the pen. Then make ' +
      'the drawing fainter: rectified linear units without biases keep its features and only ' +
      'turn them down, while those of binary units change.',
  },
  compare: {
    link: 'Compare',
    title: 'Side by side: rectified linear and binary units',
    text:
      'Two machines see the same digits in the same order; they differ in their units and in the ' +
      'learning rate that suits those. A binary unit can only say yes or no; a rectified unit ' +
      'also says how much, and is silent for most digits.',
  },
};
