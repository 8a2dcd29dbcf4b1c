import { named, owned } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind, uses } from './kind.ts';
import { options } from './vocabulary.ts';

const modelTypes = options({
  'language-model': 'Language model',
  'image-or-video': 'Image or video',
  'speech-or-audio': 'Speech or audio',
  multimodal: 'Several kinds of input',
  classifier: 'Classifier',
  regression: 'Regression or forecast',
  ranking: 'Ranking or recommendation',
  'rule-based': 'Rules or knowledge',
  'reinforcement-learning': 'Reinforcement learning',
  other: 'Other',
});
const origins = options({
  'own-training': 'Trained here',
  'fine-tuned': 'Fine-tuned here from another model',
  supplier: 'From a supplier',
  'open-weights': 'Open weights',
});

/** An AI model, shared by the systems and versions that use it (A.4.2, A.4.4, A.6.2.3). */
export const model = defineKind({
  name: 'model',
  prefix: 'MDL',
  collection: 'models',
  label: 'AI model',
  plural: 'Models',
  purpose:
    'Models that systems use, with origin, licence and limits (A.4.4). A change here reaches every system that uses the model.',
  regime: 'factual',
  fields: {
    name: named('Name', ['model', 'model name', 'base model', 'foundation model']),
    version: f.line({ label: 'Version', station: 'supply', column: true, alsoCalled: ['model version'] }),
    type: f.choice(modelTypes, {
      label: 'Type',
      station: 'supply',
      column: true,
      alsoCalled: ['model type'],
    }),
    origin: f.choice(origins, { label: 'Origin', station: 'supply', alsoCalled: ['source'] }),
    provider: f.line({
      label: 'Provider',
      station: 'supply',
      column: true,
      alsoCalled: ['vendor', 'publisher', 'developer', 'supplied by'],
    }),
    owner: owned('Who answers for its use here.', 'ownership', ['model owner', 'engineering lead']),
    licence: f.line({ label: 'Licence', station: 'supply', alsoCalled: ['license', 'licence', 'terms'] }),
    location: f.url({
      label: 'Where it is described',
      station: 'supply',
      alsoCalled: ['model card', 'link', 'url'],
    }),
    digest: f.line({ label: 'Digest', station: 'supply', alsoCalled: ['hash', 'checksum'] }),
    capabilities: f.text({
      label: 'Capabilities',
      station: 'supply',
      max: 4000,
      alsoCalled: ['intended use'],
    }),
    limits: f.text({
      label: 'Limits',
      help: 'Known weaknesses and conditions under which it should not be used.',
      station: 'supply',
      max: 4000,
      alsoCalled: ['limitations', 'known limitations', 'bias, risks and limitations'],
    }),
    evaluations: f.rows(
      {
        measure: f.line({ label: 'Measure' }),
        result: f.line({ label: 'Result' }),
        data: f.line({ label: 'On which data' }),
        on: f.day({ label: 'Measured on' }),
      },
      { label: 'Evaluation results', station: 'release' },
    ),
    generalPurpose: f.answer({
      label: 'General-purpose model',
      station: 'classification',
      alsoCalled: ['gpai'],
    }),
    trainingCompute: f.number({
      label: 'Training compute',
      help: 'As a power of ten: 25 means 10^25 floating-point operations.',
      station: 'classification',
      min: 0,
      max: 40,
      unit: 'log10 FLOP',
    }),
    releasedOn: f.day({ label: 'Released on', station: 'supply', alsoCalled: ['release date'] }),
    withdrawnOn: f.day({
      label: 'Withdrawn on',
      station: 'supply',
      alsoCalled: ['deprecation date', 'end of life'],
    }),
  },
  index: ['title', 'state', 'owner', 'type', 'provider', 'version'],
  relations: {
    suppliedBy: uses('supplier', { label: 'Supplied by', inverse: 'Supplies model', many: false }),
    trainedOn: uses('dataset', { label: 'Trained on', inverse: 'Trained model' }),
    basedOn: uses('model', { label: 'Based on', inverse: 'Base of', many: false }),
    successor: about('model', { label: 'Succeeded by', inverse: 'Succeeds', many: false }),
  },
  material: [
    'version',
    'origin',
    'provider',
    'licence',
    'limits',
    'digest',
    'basedOn',
    'trainedOn',
    'suppliedBy',
  ],
  lifecycle: {
    initial: 'in-use',
    mayBeBroughtIn: true,
    states: {
      'in-use': { label: 'In use', shape: 'full', live: true },
      candidate: { label: 'Candidate', shape: 'hollow' },
      withdrawn: { label: 'Withdrawn', shape: 'crossed', ended: true },
    },
    transitions: {
      consider: { label: 'Consider again', from: ['withdrawn'], to: 'candidate' },
      adopt: { label: 'Take into use', from: ['candidate'], to: 'in-use' },
      withdraw: { label: 'Withdraw', from: ['in-use', 'candidate'], to: 'withdrawn' },
    },
  },
  serves: ['A.4.2', 'A.4.4', 'A.6.2.3'],
});
