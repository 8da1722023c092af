import type { ToyConfig } from '../../config/toyConfig.ts';
import { parameterNames, parameterShapes, type ToyParameters } from '../../model/toyParameters.ts';
import { type Batch, drawBatch } from '../../sampling/batch.ts';
import { TokenSampler } from '../../sampling/tokenSampler.ts';
import { learningRate } from '../../training/learningRate.ts';
import type { LossesAndGradients, TrainingSession, TrainingState } from '../trainingEngine.ts';
import { adamWTensors, type Moments } from './adamWTensors.ts';
import type { LoadedBackend } from './loadBackend.ts';
import { type LossTensors, lossTensors, type ParameterTensors } from './lossTensors.ts';
import { type BatchTensors, batchTensors, type ModelTensors, modelTensors } from './modelTensors.ts';
import { downloadParameters, uploadParameter } from './parameterTransfer.ts';
import type { Tensor, Tensor2D } from './tensorflow.ts';

type Name = keyof ToyParameters;

/** Steps between two waits for the device, so that a GPU's queue stays short and other sessions get their turn. */
const STEPS_PER_WAIT = 50;

/** A toy model in training on one tfjs backend; parameters and moments stay on the device. */
export class TfjsSession implements TrainingSession {
  readonly #backend: LoadedBackend;
  readonly #config: ToyConfig;
  readonly #samplerState: Uint32Array;
  readonly #sampler: TokenSampler;
  readonly #trained: readonly Name[];
  readonly #model: ModelTensors;
  #moments: Record<Name, Moments>;
  #step: number;

  constructor(backend: LoadedBackend, config: ToyConfig, start: TrainingState) {
    this.#backend = backend;
    this.#config = config;
    this.#step = start.step;
    this.#samplerState = start.sampler.slice();
    this.#sampler = new TokenSampler(this.#samplerState, config.features, config.featureProbability);
    this.#trained = parameterNames.filter((name) =>
      name === 'A' || name === 'B' ? config.headDimension > 0 : !config.freezeFeatures,
    );
    backend.use();
    this.#model = modelTensors(backend.tf, config);
    const shapes = parameterShapes(config);
    this.#moments = perParameter((name) => ({
      value: uploadParameter(backend.tf, start.parameters[name], shapes[name]),
      first: uploadParameter(backend.tf, start.firstMoment[name], shapes[name]),
      second: uploadParameter(backend.tf, start.secondMoment[name], shapes[name]),
    }));
  }

  async advance(steps: number): Promise<void> {
    this.#backend.use();
    for (let done = 1; done <= steps; done += 1) {
      this.#takeStep();
      if (done % STEPS_PER_WAIT === 0 || done === steps) {
        await this.#moments[this.#trained[0] ?? 'W'].value.data();
        this.#backend.use();
      }
    }
  }

  async state(): Promise<TrainingState> {
    const step = this.#step;
    const sampler = this.#samplerState.slice();
    const [parameters, firstMoment, secondMoment] = await Promise.all(
      (['value', 'first', 'second'] as const).map((which) =>
        downloadParameters(
          this.#config,
          perParameter((name) => this.#moments[name][which]),
        ),
      ),
    );
    return { step, parameters, firstMoment, secondMoment, sampler };
  }

  async evaluate(batch: Batch): Promise<LossesAndGradients> {
    const { tf } = this.#backend;
    this.#backend.use();
    const { losses, gradients } = tf.tidy(() => {
      const tensors = batchTensors(tf, this.#config, batch);
      return { losses: this.#losses(tensors), gradients: this.#gradients(tensors) };
    });
    const number = async (name: keyof LossTensors) => (await losses[name].data())[0];
    const result = {
      losses: {
        total: await number('total'),
        reconstruction: await number('reconstruction'),
        attention: await number('attention'),
        klDivergence: await number('klDivergence'),
      },
      gradients: await downloadParameters(this.#config, gradients),
    };
    tf.dispose([losses, gradients]);
    return result;
  }

  dispose(): void {
    this.#backend.tf.dispose([this.#moments, this.#model]);
  }

  #takeStep(): void {
    const { tf } = this.#backend;
    const step = this.#step + 1;
    const rate = learningRate(this.#config, step);
    const batch = drawBatch(this.#config, this.#sampler);
    const before = this.#moments;
    const after = tf.tidy(() => {
      const gradients = this.#gradients(batchTensors(tf, this.#config, batch));
      return perParameter((name) => {
        const gradient = gradients[name];
        if (gradient === undefined) return before[name];
        return adamWTensors(tf, before[name], gradient, step, rate, this.#config.weightDecay);
      });
    });
    tf.dispose(this.#trained.map((name) => before[name]));
    this.#moments = after;
    this.#step = step;
  }

  #losses(batch: BatchTensors, replaced: Partial<ParameterTensors> = {}): LossTensors {
    const parameters = { ...perParameter((name) => this.#moments[name].value), ...replaced };
    return lossTensors(this.#backend.tf, this.#config, this.#model, parameters, batch);
  }

  /** Of the total loss; missing for what is not trained. To be called within `tidy`. */
  #gradients(batch: BatchTensors): Partial<Record<Name, Tensor2D>> {
    const names = this.#trained;
    if (names.length === 0) return {};
    const named = (values: readonly Tensor[]): Partial<Record<Name, Tensor2D>> =>
      Object.fromEntries(names.map((name, i) => [name, values[i]]));
    const total = (...values: Tensor[]) => this.#losses(batch, named(values)).total;
    return named(this.#backend.tf.grads(total)(names.map((name) => this.#moments[name].value)));
  }
}

function perParameter<Value>(value: (name: Name) => Value): Record<Name, Value> {
  return { W: value('W'), b: value('b'), A: value('A'), B: value('B') };
}
