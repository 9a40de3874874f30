/** Three arithmetic tasks over 73 public language models, against the compute of their pre-training. */
import type { SourceId } from './sources.ts'

export interface ArithmeticModel {
  /** Name of the model in the source: "organisation/model". */
  model: string
  family: string
  /** Size in billions of parameters (active parameters for DeepSeek-V2). */
  paramsBillion: number
  /** 6 × parameters × tokens, as the source gives them. */
  pretrainFlop: number
  /** Accuracies, two-shot; null where the source is blank. */
  subtraction3: number | null
  addition3: number | null
  multiplication2: number | null
}

export const arithmeticSource: SourceId = 'ruan2024'

export const arithmeticProvenance = [
  'Ruan et al. 2024, “Observational Scaling Laws”, arXiv:2405.10938; repository ryoungj/ObsScaling (Apache-2.0), eval_results/base_llm_emergent_capability_eval.csv joined with base_llm_benchmark_eval.csv',
  'commit: 4d6e1e43fd2635d04654aa77d1df9d5266ea0382 (both files)',
  'retrieved: 2026-11-23',
  'fields: accuracies of 3-digit subtraction, 3-digit addition, 2-digit multiplication (two-shot, as the column names read); pretrainFlop = 6 × parameters × tokens as the files give it; paramsBillion = model size in billions (active parameters for DeepSeek-V2)',
  'kept: every row that joins and has FLOPs; null = blank in the source',
] as const

export const arithmeticModels: readonly ArithmeticModel[] = [
  { model: 'meta-llama/Llama-2-7b-hf', family: 'Llama-2', paramsBillion: 7.0, pretrainFlop: 8.4e22, subtraction3: 0.859, addition3: 0.9315, multiplication2: 0.4155 },
  { model: 'meta-llama/Llama-2-13b-hf', family: 'Llama-2', paramsBillion: 13.0, pretrainFlop: 1.56e23, subtraction3: 0.9045, addition3: 0.9325, multiplication2: 0.5475 },
  { model: 'meta-llama/Llama-2-70b-hf', family: 'Llama-2', paramsBillion: 70.0, pretrainFlop: 8.4e23, subtraction3: 0.975, addition3: 0.9885, multiplication2: 0.8435 },
  { model: 'huggyllama/llama-65b', family: 'Llama', paramsBillion: 65.2, pretrainFlop: 5.4768e23, subtraction3: 0.9715, addition3: 0.9765, multiplication2: 0.752 },
  { model: 'huggyllama/llama-30b', family: 'Llama', paramsBillion: 32.5, pretrainFlop: 2.73e23, subtraction3: 0.957, addition3: 0.9735, multiplication2: 0.6355 },
  { model: 'huggyllama/llama-13b', family: 'Llama', paramsBillion: 13.0, pretrainFlop: 7.8e22, subtraction3: 0.899, addition3: 0.905, multiplication2: 0.477 },
  { model: 'huggyllama/llama-7b', family: 'Llama', paramsBillion: 6.7, pretrainFlop: 4.02e22, subtraction3: 0.753, addition3: 0.9135, multiplication2: 0.3265 },
  { model: 'meta-llama/Meta-Llama-3.1-8B', family: 'Llama-3.1', paramsBillion: 8.0, pretrainFlop: 7.2e23, subtraction3: 1.0, addition3: 1.0, multiplication2: 0.8785 },
  { model: 'meta-llama/Meta-Llama-3.1-405B-FP8', family: 'Llama-3.1', paramsBillion: 405.0, pretrainFlop: 3.645e25, subtraction3: 1.0, addition3: 1.0, multiplication2: 0.999 },
  { model: 'meta-llama/Meta-Llama-3.1-70B', family: 'Llama-3.1', paramsBillion: 70.0, pretrainFlop: 6.3e24, subtraction3: 1.0, addition3: 1.0, multiplication2: 0.9925 },
  { model: 'meta-llama/Meta-Llama-3-70B', family: 'Llama-3', paramsBillion: 70.0, pretrainFlop: 6.3e24, subtraction3: 1.0, addition3: 1.0, multiplication2: 0.991 },
  { model: 'meta-llama/Meta-Llama-3-8B', family: 'Llama-3', paramsBillion: 8.0, pretrainFlop: 7.2e23, subtraction3: 1.0, addition3: 1.0, multiplication2: 0.8545 },
  { model: 'Qwen/Qwen1.5-1.8B', family: 'Qwen1.5', paramsBillion: 1.8, pretrainFlop: 2.592e22, subtraction3: 0.64, addition3: 0.89, multiplication2: 0.5435 },
  { model: 'Qwen/Qwen1.5-4B', family: 'Qwen1.5', paramsBillion: 4.0, pretrainFlop: 5.76e22, subtraction3: 0.97, addition3: 0.967, multiplication2: 0.756 },
  { model: 'Qwen/Qwen1.5-7B', family: 'Qwen1.5', paramsBillion: 7.0, pretrainFlop: 1.68e23, subtraction3: 0.98, addition3: 0.9875, multiplication2: 0.906 },
  { model: 'Qwen/Qwen1.5-14B', family: 'Qwen1.5', paramsBillion: 14.0, pretrainFlop: 3.36e23, subtraction3: 0.996, addition3: 0.988, multiplication2: 0.9715 },
  { model: 'Qwen/Qwen1.5-32B', family: 'Qwen1.5', paramsBillion: 32.0, pretrainFlop: 7.68e23, subtraction3: 0.9985, addition3: 0.9935, multiplication2: 0.9895 },
  { model: 'Qwen/Qwen1.5-72B', family: 'Qwen1.5', paramsBillion: 72.0, pretrainFlop: 1.296e24, subtraction3: 0.994, addition3: 1.0, multiplication2: 0.982 },
  { model: 'Qwen/Qwen1.5-0.5B', family: 'Qwen1.5', paramsBillion: 0.5, pretrainFlop: 7.2e21, subtraction3: 0.2995, addition3: 0.678, multiplication2: 0.2855 },
  { model: 'Qwen/Qwen-72B', family: 'Qwen', paramsBillion: 72.0, pretrainFlop: 1.296e24, subtraction3: 0.996, addition3: 1.0, multiplication2: 0.988 },
  { model: 'Qwen/Qwen-7B', family: 'Qwen', paramsBillion: 7.0, pretrainFlop: 1.008e23, subtraction3: 0.9725, addition3: 0.9855, multiplication2: 0.888 },
  { model: 'Qwen/Qwen-14B', family: 'Qwen', paramsBillion: 14.0, pretrainFlop: 2.52e23, subtraction3: 0.996, addition3: 0.994, multiplication2: 0.971 },
  { model: '01-ai/Yi-6B', family: 'Yi', paramsBillion: 6.0, pretrainFlop: 1.08e23, subtraction3: 0.974, addition3: 0.9875, multiplication2: 0.6945 },
  { model: '01-ai/Yi-34B', family: 'Yi', paramsBillion: 34.0, pretrainFlop: 6.12e23, subtraction3: 0.996, addition3: 0.9905, multiplication2: 0.9425 },
  { model: '01-ai/Yi-1.5-6B', family: 'Yi-1.5', paramsBillion: 6.0, pretrainFlop: 1.296e23, subtraction3: 0.994, addition3: null, multiplication2: 0.9355 },
  { model: '01-ai/Yi-1.5-9B', family: 'Yi-1.5', paramsBillion: 9.0, pretrainFlop: 1.944e23, subtraction3: 0.9925, addition3: null, multiplication2: 0.979 },
  { model: '01-ai/Yi-1.5-34B', family: 'Yi-1.5', paramsBillion: 34.0, pretrainFlop: 7.344e23, subtraction3: 0.9975, addition3: 0.995, multiplication2: 0.9895 },
  { model: 'google/gemma-7b', family: 'Gemma', paramsBillion: 7.0, pretrainFlop: 2.52e23, subtraction3: 0.919, addition3: 0.9775, multiplication2: 0.7625 },
  { model: 'google/gemma-2b', family: 'Gemma', paramsBillion: 2.0, pretrainFlop: 7.2e22, subtraction3: 0.9405, addition3: 0.9395, multiplication2: 0.591 },
  { model: 'google/gemma-2-9b', family: 'Gemma-2', paramsBillion: 9.0, pretrainFlop: 4.32e23, subtraction3: 0.992, addition3: 0.9955, multiplication2: 0.913 },
  { model: 'google/gemma-2-27b', family: 'Gemma-2', paramsBillion: 27.0, pretrainFlop: 2.106e24, subtraction3: 0.9975, addition3: 0.9985, multiplication2: 0.9825 },
  { model: 'tiiuae/falcon-40b', family: 'Falcon', paramsBillion: 40.0, pretrainFlop: 2.4e23, subtraction3: 0.982, addition3: 0.8795, multiplication2: 0.57 },
  { model: 'tiiuae/falcon-7b', family: 'Falcon', paramsBillion: 7.0, pretrainFlop: 6.3e22, subtraction3: 0.76, addition3: 0.4645, multiplication2: 0.3585 },
  { model: 'tiiuae/falcon-rw-1b', family: 'Falcon', paramsBillion: 1.0, pretrainFlop: 2.1e21, subtraction3: 0.003, addition3: 0.0015, multiplication2: 0.0245 },
  { model: 'microsoft/phi-2', family: 'Phi', paramsBillion: 2.7, pretrainFlop: 2.268e22, subtraction3: 0.63, addition3: 0.636, multiplication2: 0.7135 },
  { model: 'microsoft/phi-1_5', family: 'Phi', paramsBillion: 1.3, pretrainFlop: 1.17e21, subtraction3: 0.064, addition3: 0.064, multiplication2: 0.3125 },
  { model: 'EleutherAI/pythia-1b-deduped', family: 'Pythia', paramsBillion: 1.0, pretrainFlop: 1.8e21, subtraction3: 0.002, addition3: 0.0005, multiplication2: 0.03 },
  { model: 'EleutherAI/pythia-410m-deduped', family: 'Pythia', paramsBillion: 0.41, pretrainFlop: 7.38e20, subtraction3: 0.002, addition3: 0.0, multiplication2: 0.0255 },
  { model: 'EleutherAI/pythia-6.9b-deduped', family: 'Pythia', paramsBillion: 6.9, pretrainFlop: 1.242e22, subtraction3: 0.092, addition3: 0.082, multiplication2: 0.178 },
  { model: 'EleutherAI/pythia-2.8b-deduped', family: 'Pythia', paramsBillion: 2.8, pretrainFlop: 5.04e21, subtraction3: 0.2365, addition3: 0.139, multiplication2: 0.173 },
  { model: 'EleutherAI/pythia-12b-deduped', family: 'Pythia', paramsBillion: 12.0, pretrainFlop: 2.16e22, subtraction3: 0.124, addition3: 0.12, multiplication2: 0.186 },
  { model: 'EleutherAI/pythia-70m-deduped', family: 'Pythia', paramsBillion: 0.07, pretrainFlop: 1.26e20, subtraction3: 0.001, addition3: 0.0005, multiplication2: 0.007 },
  { model: 'EleutherAI/pythia-1.4b-deduped', family: 'Pythia', paramsBillion: 1.4, pretrainFlop: 2.52e21, subtraction3: 0.004, addition3: 0.006, multiplication2: 0.0485 },
  { model: 'EleutherAI/pythia-160m-deduped', family: 'Pythia', paramsBillion: 0.16, pretrainFlop: 2.88e20, subtraction3: 0.0025, addition3: 0.0, multiplication2: 0.0245 },
  { model: 'bigscience/bloom-560m', family: 'BLOOM', paramsBillion: 0.56, pretrainFlop: 1.14576e21, subtraction3: 0.0005, addition3: 0.0, multiplication2: 0.019 },
  { model: 'bigscience/bloom-1b1', family: 'BLOOM', paramsBillion: 1.1, pretrainFlop: 2.2506e21, subtraction3: 0.0015, addition3: 0.0005, multiplication2: 0.022 },
  { model: 'bigscience/bloom-3b', family: 'BLOOM', paramsBillion: 3.0, pretrainFlop: 6.138e21, subtraction3: 0.0015, addition3: 0.0005, multiplication2: 0.0255 },
  { model: 'bigscience/bloom-7b1', family: 'BLOOM', paramsBillion: 7.1, pretrainFlop: 1.45266e22, subtraction3: 0.0095, addition3: 0.0035, multiplication2: 0.0475 },
  { model: 'EleutherAI/gpt-neox-20b', family: 'GPT-Neo/J', paramsBillion: 20.0, pretrainFlop: 5.664e22, subtraction3: 0.6515, addition3: 0.504, multiplication2: 0.4175 },
  { model: 'EleutherAI/gpt-neo-2.7B', family: 'GPT-Neo/J', paramsBillion: 2.7, pretrainFlop: 6.804e21, subtraction3: 0.0065, addition3: 0.002, multiplication2: 0.057 },
  { model: 'EleutherAI/gpt-neo-1.3B', family: 'GPT-Neo/J', paramsBillion: 1.3, pretrainFlop: 2.964e21, subtraction3: 0.003, addition3: 0.0005, multiplication2: 0.0335 },
  { model: 'EleutherAI/gpt-neo-125m', family: 'GPT-Neo/J', paramsBillion: 0.125, pretrainFlop: 2.25e20, subtraction3: 0.0025, addition3: 0.0, multiplication2: 0.017 },
  { model: 'EleutherAI/gpt-j-6b', family: 'GPT-Neo/J', paramsBillion: 6.05, pretrainFlop: 1.45926e22, subtraction3: 0.4425, addition3: 0.323, multiplication2: 0.272 },
  { model: 'facebook/opt-6.7b', family: 'OPT', paramsBillion: 6.7, pretrainFlop: 7.236e21, subtraction3: 0.019, addition3: 0.0065, multiplication2: 0.135 },
  { model: 'facebook/opt-1.3b', family: 'OPT', paramsBillion: 1.3, pretrainFlop: 1.404e21, subtraction3: 0.003, addition3: 0.0005, multiplication2: 0.0245 },
  { model: 'facebook/opt-350m', family: 'OPT', paramsBillion: 0.35, pretrainFlop: 3.78e20, subtraction3: 0.0, addition3: 0.0005, multiplication2: 0.0195 },
  { model: 'facebook/opt-13b', family: 'OPT', paramsBillion: 13.0, pretrainFlop: 1.404e22, subtraction3: 0.013, addition3: 0.0075, multiplication2: 0.1015 },
  { model: 'facebook/opt-2.7b', family: 'OPT', paramsBillion: 2.7, pretrainFlop: 2.916e21, subtraction3: 0.0045, addition3: 0.0015, multiplication2: 0.036 },
  { model: 'facebook/opt-30b', family: 'OPT', paramsBillion: 30.0, pretrainFlop: 3.24e22, subtraction3: 0.015, addition3: 0.0145, multiplication2: 0.2075 },
  { model: 'facebook/opt-125m', family: 'OPT', paramsBillion: 0.125, pretrainFlop: 1.35e20, subtraction3: 0.0015, addition3: 0.0, multiplication2: 0.023 },
  { model: 'facebook/opt-66b', family: 'OPT', paramsBillion: 66.0, pretrainFlop: 7.128e22, subtraction3: 0.0805, addition3: 0.054, multiplication2: 0.323 },
  { model: 'mosaicml/mpt-30b', family: 'MPT', paramsBillion: 30.0, pretrainFlop: 1.8e23, subtraction3: 0.858, addition3: 0.7045, multiplication2: 0.3525 },
  { model: 'mosaicml/mpt-7b', family: 'MPT', paramsBillion: 7.0, pretrainFlop: 4.2e22, subtraction3: 0.362, addition3: 0.2725, multiplication2: 0.2515 },
  { model: 'facebook/xglm-564M', family: 'XGLM', paramsBillion: 0.564, pretrainFlop: 1.692e21, subtraction3: 0.0, addition3: 0.0, multiplication2: 0.002 },
  { model: 'facebook/xglm-1.7B', family: 'XGLM', paramsBillion: 1.7, pretrainFlop: 5.1e21, subtraction3: 0.0005, addition3: 0.0005, multiplication2: 0.0085 },
  { model: 'facebook/xglm-4.5B', family: 'XGLM', paramsBillion: 4.5, pretrainFlop: 1.35e22, subtraction3: 0.0, addition3: 0.0015, multiplication2: 0.0025 },
  { model: 'facebook/xglm-7.5B', family: 'XGLM', paramsBillion: 7.5, pretrainFlop: 2.25e22, subtraction3: 0.0, addition3: 0.0005, multiplication2: 0.0155 },
  { model: 'bigcode/starcoderbase-1b', family: 'StarCoder', paramsBillion: 1.0, pretrainFlop: 6e21, subtraction3: 0.0085, addition3: 0.0045, multiplication2: 0.0545 },
  { model: 'bigcode/starcoderbase-3b', family: 'StarCoder', paramsBillion: 3.0, pretrainFlop: 1.8e22, subtraction3: 0.31, addition3: 0.6065, multiplication2: 0.1735 },
  { model: 'bigcode/starcoderbase-7b', family: 'StarCoder', paramsBillion: 7.0, pretrainFlop: 4.2e22, subtraction3: 0.4025, addition3: 0.8515, multiplication2: 0.2495 },
  { model: 'bigcode/starcoderbase', family: 'StarCoder', paramsBillion: 15.5, pretrainFlop: 9.3e22, subtraction3: 0.7795, addition3: 0.9535, multiplication2: 0.358 },
  { model: 'deepseek-ai/DeepSeek-V2', family: 'DeepSeek-V2', paramsBillion: 21.0, pretrainFlop: 1.0206e24, subtraction3: 0.9995, addition3: null, multiplication2: 0.997 },
  { model: 'deepseek-ai/DeepSeek-Coder-V2-Base', family: 'DeepSeek-Coder-V2', paramsBillion: 21.0, pretrainFlop: 1.2852e24, subtraction3: 0.999, addition3: null, multiplication2: 1.0 },
]

/**
 * The model of that name.
 * @throws RangeError naming it when the table has no such model
 */
export function arithmeticModel(name: string): ArithmeticModel {
  const found = arithmeticModels.find(({ model }) => model === name)
  if (!found)
    throw new RangeError(`No model “${name}” among the ${arithmeticModels.length} of the arithmetic table.`)
  return found
}
