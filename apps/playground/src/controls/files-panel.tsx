import type { JSX } from 'preact';
import { saveModel, takeFiles } from '../runs/files.ts';
import { usePage } from '../runs/page-state.ts';
import { useDigits } from '../runs/remedies.ts';
import { copyLink } from '../runs/share.ts';

/** Draws the panel to save, open and share models and to choose your own data. */
export function FilesPanel(): JSX.Element {
  const page = usePage();
  const data = page.data.value;
  const canSaveClassifier = page.classification.value?.done === true;
  return (
    <section class="panel" aria-labelledby="files">
      <h3 id="files">Save, open, share</h3>
      <p>
        Models are safetensors files, the same as the command line’s. Nothing leaves this machine.
      </p>
      <div class="toolbar">
        <button type="button" onClick={() => void saveModel(page, 'stack')}>
          Save model
        </button>
        <button type="button" onClick={() => void saveModel(page, 'checkpoint')}>
          Save to continue later
        </button>
        {canSaveClassifier ? (
          <button type="button" onClick={() => void saveModel(page, 'classifier')}>
            Save classifier
          </button>
        ) : undefined}
        <FileButton label="Open model" accept=".safetensors" />
        <button type="button" onClick={() => void copyLink(page)}>
          Copy link to this state
        </button>
      </div>
      <h3>Your own pictures</h3>
      <p>
        Drop idx files (.gz too) or a folder of pictures anywhere on the page, or choose them. Now
        in use: <b>{data === undefined ? 'loading' : data.own ? data.name : 'MNIST’s digits'}</b>.
      </p>
      <div class="toolbar">
        <FileButton label="Choose files" multiple />
        {data?.own === true ? (
          <button type="button" onClick={() => void useDigits(page)}>
            Back to the digits
          </button>
        ) : undefined}
      </div>
    </section>
  );
}

function FileButton(props: {
  readonly label: string;
  readonly accept?: string;
  readonly multiple?: boolean;
}): JSX.Element {
  const page = usePage();
  return (
    <label class="file">
      {props.label}
      <input
        class="unseen"
        type="file"
        accept={props.accept}
        multiple={props.multiple ?? false}
        onChange={(event) => {
          const input = event.currentTarget;
          // Clearing the field also empties its list of files. It must be clear so that the same
          // file can be chosen again.
          const files = [...(input.files ?? [])];
          input.value = '';
          void takeFiles(page, files);
        }}
      />
    </label>
  );
}
