/**
 * Three-digit subtraction by 73 public language models, two-shot as the column name reads, against the compute of their
 * pre-training.
 *
 * Source: Ruan et al. 2024, “Observational Scaling Laws”, arXiv:2405.10938; repository ryoungj/ObsScaling (Apache-2.0),
 * eval_results/base_llm_emergent_capability_eval.csv joined with base_llm_benchmark_eval.csv, both of commit
 * 4d6e1e43fd2635d04654aa77d1df9d5266ea0382, retrieved on 2026-11-23. Kept is every row that joins and has FLOPs.
 */
import type { SourceId } from './sources.ts'

export interface ArithmeticModel {
  /** Name of the model in the source: "organisation/model". */
  model: string
  family: string
  /** 6 × parameters × tokens, as the source gives them. */
  pretrainFlop: number
  /** Accuracy. */
  subtraction3: number
}

export const arithmeticSource: SourceId = 'ruan2024'

export const arithmeticModels: readonly ArithmeticModel[] = [
  { model: 'meta-llama/Llama-2-7b-hf', family: 'Llama-2', pretrainFlop: 8.4e22, subtraction3: 0.859 },
  { model: 'meta-llama/Llama-2-13b-hf', family: 'Llama-2', pretrainFlop: 1.56e23, subtraction3: 0.9045 },
  { model: 'meta-llama/Llama-2-70b-hf', family: 'Llama-2', pretrainFlop: 8.4e23, subtraction3: 0.975 },
  { model: 'huggyllama/llama-65b', family: 'Llama', pretrainFlop: 5.4768e23, subtraction3: 0.9715 },
  { model: 'huggyllama/llama-30b', family: 'Llama', pretrainFlop: 2.73e23, subtraction3: 0.957 },
  { model: 'huggyllama/llama-13b', family: 'Llama', pretrainFlop: 7.8e22, subtraction3: 0.899 },
  { model: 'huggyllama/llama-7b', family: 'Llama', pretrainFlop: 4.02e22, subtraction3: 0.753 },
  { model: 'meta-llama/Meta-Llama-3.1-8B', family: 'Llama-3.1', pretrainFlop: 7.2e23, subtraction3: 1.0 },
  { model: 'meta-llama/Meta-Llama-3.1-405B-FP8', family: 'Llama-3.1', pretrainFlop: 3.645e25, subtraction3: 1.0 },
  { model: 'meta-llama/Meta-Llama-3.1-70B', family: 'Llama-3.1', pretrainFlop: 6.3e24, subtraction3: 1.0 },
  { model: 'meta-llama/Meta-Llama-3-70B', family: 'Llama-3', pretrainFlop: 6.3e24, subtraction3: 1.0 },
  { model: 'meta-llama/Meta-Llama-3-8B', family: 'Llama-3', pretrainFlop: 7.2e23, subtraction3: 1.0 },
  { model: 'Qwen/Qwen1.5-1.8B', family: 'Qwen1.5', pretrainFlop: 2.592e22, subtraction3: 0.64 },
  { model: 'Qwen/Qwen1.5-4B', family: 'Qwen1.5', pretrainFlop: 5.76e22, subtraction3: 0.97 },
  { model: 'Qwen/Qwen1.5-7B', family: 'Qwen1.5', pretrainFlop: 1.68e23, subtraction3: 0.98 },
  { model: 'Qwen/Qwen1.5-14B', family: 'Qwen1.5', pretrainFlop: 3.36e23, subtraction3: 0.996 },
  { model: 'Qwen/Qwen1.5-32B', family: 'Qwen1.5', pretrainFlop: 7.68e23, subtraction3: 0.9985 },
  { model: 'Qwen/Qwen1.5-72B', family: 'Qwen1.5', pretrainFlop: 1.296e24, subtraction3: 0.994 },
  { model: 'Qwen/Qwen1.5-0.5B', family: 'Qwen1.5', pretrainFlop: 7.2e21, subtraction3: 0.2995 },
  { model: 'Qwen/Qwen-72B', family: 'Qwen', pretrainFlop: 1.296e24, subtraction3: 0.996 },
  { model: 'Qwen/Qwen-7B', family: 'Qwen', pretrainFlop: 1.008e23, subtraction3: 0.9725 },
  { model: 'Qwen/Qwen-14B', family: 'Qwen', pretrainFlop: 2.52e23, subtraction3: 0.996 },
  { model: '01-ai/Yi-6B', family: 'Yi', pretrainFlop: 1.08e23, subtraction3: 0.974 },
  { model: '01-ai/Yi-34B', family: 'Yi', pretrainFlop: 6.12e23, subtraction3: 0.996 },
  { model: '01-ai/Yi-1.5-6B', family: 'Yi-1.5', pretrainFlop: 1.296e23, subtraction3: 0.994 },
  { model: '01-ai/Yi-1.5-9B', family: 'Yi-1.5', pretrainFlop: 1.944e23, subtraction3: 0.9925 },
  { model: '01-ai/Yi-1.5-34B', family: 'Yi-1.5', pretrainFlop: 7.344e23, subtraction3: 0.9975 },
  { model: 'google/gemma-7b', family: 'Gemma', pretrainFlop: 2.52e23, subtraction3: 0.919 },
  { model: 'google/gemma-2b', family: 'Gemma', pretrainFlop: 7.2e22, subtraction3: 0.9405 },
  { model: 'google/gemma-2-9b', family: 'Gemma-2', pretrainFlop: 4.32e23, subtraction3: 0.992 },
  { model: 'google/gemma-2-27b', family: 'Gemma-2', pretrainFlop: 2.106e24, subtraction3: 0.9975 },
  { model: 'tiiuae/falcon-40b', family: 'Falcon', pretrainFlop: 2.4e23, subtraction3: 0.982 },
  { model: 'tiiuae/falcon-7b', family: 'Falcon', pretrainFlop: 6.3e22, subtraction3: 0.76 },
  { model: 'tiiuae/falcon-rw-1b', family: 'Falcon', pretrainFlop: 2.1e21, subtraction3: 0.003 },
  { model: 'microsoft/phi-2', family: 'Phi', pretrainFlop: 2.268e22, subtraction3: 0.63 },
  { model: 'microsoft/phi-1_5', family: 'Phi', pretrainFlop: 1.17e21, subtraction3: 0.064 },
  { model: 'EleutherAI/pythia-1b-deduped', family: 'Pythia', pretrainFlop: 1.8e21, subtraction3: 0.002 },
  { model: 'EleutherAI/pythia-410m-deduped', family: 'Pythia', pretrainFlop: 7.38e20, subtraction3: 0.002 },
  { model: 'EleutherAI/pythia-6.9b-deduped', family: 'Pythia', pretrainFlop: 1.242e22, subtraction3: 0.092 },
  { model: 'EleutherAI/pythia-2.8b-deduped', family: 'Pythia', pretrainFlop: 5.04e21, subtraction3: 0.2365 },
  { model: 'EleutherAI/pythia-12b-deduped', family: 'Pythia', pretrainFlop: 2.16e22, subtraction3: 0.124 },
  { model: 'EleutherAI/pythia-70m-deduped', family: 'Pythia', pretrainFlop: 1.26e20, subtraction3: 0.001 },
  { model: 'EleutherAI/pythia-1.4b-deduped', family: 'Pythia', pretrainFlop: 2.52e21, subtraction3: 0.004 },
  { model: 'EleutherAI/pythia-160m-deduped', family: 'Pythia', pretrainFlop: 2.88e20, subtraction3: 0.0025 },
  { model: 'bigscience/bloom-560m', family: 'BLOOM', pretrainFlop: 1.14576e21, subtraction3: 0.0005 },
  { model: 'bigscience/bloom-1b1', family: 'BLOOM', pretrainFlop: 2.2506e21, subtraction3: 0.0015 },
  { model: 'bigscience/bloom-3b', family: 'BLOOM', pretrainFlop: 6.138e21, subtraction3: 0.0015 },
  { model: 'bigscience/bloom-7b1', family: 'BLOOM', pretrainFlop: 1.45266e22, subtraction3: 0.0095 },
  { model: 'EleutherAI/gpt-neox-20b', family: 'GPT-Neo/J', pretrainFlop: 5.664e22, subtraction3: 0.6515 },
  { model: 'EleutherAI/gpt-neo-2.7B', family: 'GPT-Neo/J', pretrainFlop: 6.804e21, subtraction3: 0.0065 },
  { model: 'EleutherAI/gpt-neo-1.3B', family: 'GPT-Neo/J', pretrainFlop: 2.964e21, subtraction3: 0.003 },
  { model: 'EleutherAI/gpt-neo-125m', family: 'GPT-Neo/J', pretrainFlop: 2.25e20, subtraction3: 0.0025 },
  { model: 'EleutherAI/gpt-j-6b', family: 'GPT-Neo/J', pretrainFlop: 1.45926e22, subtraction3: 0.4425 },
  { model: 'facebook/opt-6.7b', family: 'OPT', pretrainFlop: 7.236e21, subtraction3: 0.019 },
  { model: 'facebook/opt-1.3b', family: 'OPT', pretrainFlop: 1.404e21, subtraction3: 0.003 },
  { model: 'facebook/opt-350m', family: 'OPT', pretrainFlop: 3.78e20, subtraction3: 0.0 },
  { model: 'facebook/opt-13b', family: 'OPT', pretrainFlop: 1.404e22, subtraction3: 0.013 },
  { model: 'facebook/opt-2.7b', family: 'OPT', pretrainFlop: 2.916e21, subtraction3: 0.0045 },
  { model: 'facebook/opt-30b', family: 'OPT', pretrainFlop: 3.24e22, subtraction3: 0.015 },
  { model: 'facebook/opt-125m', family: 'OPT', pretrainFlop: 1.35e20, subtraction3: 0.0015 },
  { model: 'facebook/opt-66b', family: 'OPT', pretrainFlop: 7.128e22, subtraction3: 0.0805 },
  { model: 'mosaicml/mpt-30b', family: 'MPT', pretrainFlop: 1.8e23, subtraction3: 0.858 },
  { model: 'mosaicml/mpt-7b', family: 'MPT', pretrainFlop: 4.2e22, subtraction3: 0.362 },
  { model: 'facebook/xglm-564M', family: 'XGLM', pretrainFlop: 1.692e21, subtraction3: 0.0 },
  { model: 'facebook/xglm-1.7B', family: 'XGLM', pretrainFlop: 5.1e21, subtraction3: 0.0005 },
  { model: 'facebook/xglm-4.5B', family: 'XGLM', pretrainFlop: 1.35e22, subtraction3: 0.0 },
  { model: 'facebook/xglm-7.5B', family: 'XGLM', pretrainFlop: 2.25e22, subtraction3: 0.0 },
  { model: 'bigcode/starcoderbase-1b', family: 'StarCoder', pretrainFlop: 6e21, subtraction3: 0.0085 },
  { model: 'bigcode/starcoderbase-3b', family: 'StarCoder', pretrainFlop: 1.8e22, subtraction3: 0.31 },
  { model: 'bigcode/starcoderbase-7b', family: 'StarCoder', pretrainFlop: 4.2e22, subtraction3: 0.4025 },
  { model: 'bigcode/starcoderbase', family: 'StarCoder', pretrainFlop: 9.3e22, subtraction3: 0.7795 },
  { model: 'deepseek-ai/DeepSeek-V2', family: 'DeepSeek-V2', pretrainFlop: 1.0206e24, subtraction3: 0.9995 },
  { model: 'deepseek-ai/DeepSeek-Coder-V2-Base', family: 'DeepSeek-Coder-V2', pretrainFlop: 1.2852e24, subtraction3: 0.999 },
]

/** The model of that name. */
export function arithmeticModel(name: string): ArithmeticModel {
  return arithmeticModels.find(({ model }) => model === name)!
}
