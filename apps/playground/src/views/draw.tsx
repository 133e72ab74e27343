import { centered, PAPER_SIDE as SIDE } from '@deepbelief/pictures';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { CheckField } from '../controls/check-field.tsx';
import { SliderField } from '../controls/slider-field.tsx';
import { Transport } from '../controls/transport.tsx';
import { DrawingPad } from '../drawing/drawing-pad.tsx';
import { ClassBars } from '../pictures/class-bars.tsx';
import { DigitSheet } from '../pictures/digit-sheet.tsx';
import { HeatMap } from '../pictures/heat-map.tsx';
import { usePage } from '../runs/page-state.ts';
import { StatusLine } from '../shell/status-line.tsx';
import { IntensityPanel } from './intensity.tsx';
import { Panel } from './panel.tsx';
import { useDrawing } from './use-drawing.ts';

/** Draws the drawing pad and what the stack makes of the drawing. */
export function Draw(): JSX.Element {
  const data = usePage().data.value;
  if (data === undefined || (data.width === SIDE && data.height === SIDE)) return <DrawDigits />;
  return (
    <p>
      The drawing pad makes pictures of {SIDE} × {SIDE} pixels, but those of {data.name} have{' '}
      {data.width} × {data.height}.
    </p>
  );
}

function DrawDigits(): JSX.Element {
  const page = usePage();
  const { engine, main } = page;
  const [paper, setPaper] = useState(() => new Float32Array(SIDE * SIDE));
  const [intensity, setIntensity] = useState(1);
  const [isCentered, setCentered] = useState(true);
  const [withoutBiases, setWithoutBiases] = useState(false);
  const pixels = isCentered ? centered(paper) : paper;
  const drawing = useDrawing(page, { pixels, intensity, withoutBiases });
  const example = async (): Promise<void> => {
    const found = await engine.ask('example', {
      index: Math.floor(Math.random() * (page.data.value?.test ?? 1)),
    });
    if (found?.pixels.length === paper.length) setPaper(found.pixels);
  };
  const most = drawing?.featuresAtOne.reduce((sofar, value) => Math.max(sofar, value), 0) ?? 1;
  return (
    <>
      <Transport runs={[main]} />
      <StatusLine runs={[main]} />
      <div class="draw">
        <Panel id="pad" title="Your digit">
          <DrawingPad paper={paper} onDraw={setPaper} />
          <p id="pad-help">
            Draw with a mouse or a finger. On the keyboard, the arrow keys move the pen and the
            space bar lowers or lifts it.
          </p>
          <div class="toolbar">
            <button type="button" onClick={() => setPaper(new Float32Array(SIDE * SIDE))}>
              Clear
            </button>
            <button type="button" onClick={() => void example()}>
              Take a test digit
            </button>
          </div>
          <SliderField
            id="intensity"
            label="Intensity α"
            value={intensity}
            min={0.1}
            max={2}
            step={0.05}
            text={`× ${intensity.toFixed(2)}`}
            onInput={setIntensity}
            note="Multiplies all ink by α, as if the light changed."
            formula="equivariance"
            source="paper, 3"
          />
          <CheckField
            id="centered"
            label="Move to the center"
            checked={isCentered}
            onChange={setCentered}
            note="The training digits are centered by their mass."
          />
          <CheckField
            id="without-biases"
            label="Leave out the hidden biases"
            checked={withoutBiases}
            onChange={setWithoutBiases}
            note="Only then do rectified features scale exactly with the ink."
            source="paper, 3"
          />
        </Panel>
        <div class="stacked">
          <Panel id="seen" title="What it sees, and what it makes of it">
            <div class="seen">
              <DigitSheet
                pictures={{
                  count: 1,
                  width: SIDE,
                  height: SIDE,
                  pixels: pixels.map((ink) => ink * intensity),
                }}
                columns={1}
                most={1}
                label="What the net is shown."
              />
              <span aria-hidden="true">→</span>
              <DigitSheet
                pictures={
                  drawing?.reconstruction ?? {
                    count: 1,
                    width: SIDE,
                    height: SIDE,
                    pixels: new Uint8Array(SIDE * SIDE),
                  }
                }
                columns={1}
                label="Its reconstruction through all layers."
              />
            </div>
          </Panel>
          <Panel
            id="class"
            title="Class"
            {...(drawing === undefined || drawing.probabilities.length > 0
              ? {}
              : {
                  caption: 'No class yet. Fine-tune the stack first: in Stack, under Classify.',
                })}
          >
            {drawing !== undefined && drawing.probabilities.length > 0 ? (
              <ClassBars probabilities={drawing.probabilities} caption="How likely each digit is" />
            ) : (
              <a href="#stack">Go to Stack</a>
            )}
          </Panel>
          <Panel
            id="features"
            title="Features of the top layer"
            caption={
              'The darker a square, the more active its unit. Left: at full ink. Right: at ' +
              'intensity α.'
            }
          >
            {drawing === undefined ? undefined : (
              <div class="seen">
                <HeatMap
                  values={drawing.featuresAtOne}
                  most={most}
                  columns={10}
                  label="Features at intensity 1"
                />
                <span aria-hidden="true">→</span>
                <HeatMap
                  values={drawing.features}
                  most={most}
                  columns={10}
                  label={`Features at intensity ${intensity.toFixed(2)}`}
                />
              </div>
            )}
          </Panel>
        </div>
        <IntensityPanel
          pixels={pixels}
          drawing={drawing}
          intensity={intensity}
          withoutBiases={withoutBiases}
        />
      </div>
    </>
  );
}
