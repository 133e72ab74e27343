/** The views of the page, in the order of the navigation. */
export const viewNames = ['learn', 'stack', 'draw', 'compare'] as const;

export type ViewName = (typeof viewNames)[number];

/** What a newcomer reads above everything else: two sentences at most. */
export interface Introduction {
  /** In the navigation. */
  readonly link: string;
  readonly title: string;
  readonly text: string;
}

export const introductions: Readonly<Record<ViewName, Introduction>> = {
  learn: {
    link: 'Learn',
    title: 'A machine teaches itself the strokes of digits',
    text:
      'A restricted Boltzmann machine looks at handwritten digits, without being told what they are, and learns features from which ' +
      'it can draw them again. Each picture under “Filters” is what one hidden unit looks for: watch noise turn into strokes.',
  },
  stack: {
    link: 'Stack',
    title: 'Layers upon layers: a deep belief net by hand',
    text:
      'When a layer has learned enough, freeze it and train the next one on its features: each layer combines what the one below has ' +
      'found. Then ask what such a start is worth: label some digits and compare with the same net started from random weights.',
  },
  draw: {
    link: 'Draw',
    title: 'Draw, and see what the units see',
    text:
      'Draw a digit and watch features, reconstruction and class follow the pen. Then make the same drawing fainter: rectified linear ' +
      'units without biases keep its features and only turn them down, while binary ones change their minds.',
  },
  compare: {
    link: 'Compare',
    title: 'Side by side: rectified linear against binary units',
    text:
      'Two machines see the same digits in the same order; they differ in their units and the rate that suits these. A binary unit ' +
      'can say no more than yes or no; a rectified one also says how much, and is silent for most digits.',
  },
};
