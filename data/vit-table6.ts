/**
 * Image models pre-trained on JFT-300M: pure Transformers, and hybrids with a convolutional stem.
 * Source: An Image is Worth 16x16 Words (ViT), arXiv:2010.11929 v2, Table 6; its residual networks are left out.
 */
import type { SourceId } from './sources.ts'

export interface VisionModel {
  family: 'ViT' | 'Hybrid'
  model: string
  epochs: number
  /** Top-1 accuracy in per cent after fine-tuning. */
  imagenetTop1: number
  /** Compute of pre-training in exaFLOPs (10^18 operations). */
  pretrainExaflop: number
}

export const visionSource: SourceId = 'dosovitskiy2021'

export const visionModels: readonly VisionModel[] = [
  { family: 'ViT', model: 'ViT-B/32', epochs: 7, imagenetTop1: 80.73, pretrainExaflop: 55 },
  { family: 'ViT', model: 'ViT-B/16', epochs: 7, imagenetTop1: 84.15, pretrainExaflop: 224 },
  { family: 'ViT', model: 'ViT-L/32', epochs: 7, imagenetTop1: 84.37, pretrainExaflop: 196 },
  { family: 'ViT', model: 'ViT-L/16', epochs: 7, imagenetTop1: 86.30, pretrainExaflop: 783 },
  { family: 'ViT', model: 'ViT-L/16', epochs: 14, imagenetTop1: 87.12, pretrainExaflop: 1567 },
  { family: 'ViT', model: 'ViT-H/14', epochs: 14, imagenetTop1: 88.08, pretrainExaflop: 4262 },
  { family: 'Hybrid', model: 'R50x1+ViT-B/32', epochs: 7, imagenetTop1: 84.90, pretrainExaflop: 106 },
  { family: 'Hybrid', model: 'R50x1+ViT-B/16', epochs: 7, imagenetTop1: 85.58, pretrainExaflop: 274 },
  { family: 'Hybrid', model: 'R50x1+ViT-L/32', epochs: 7, imagenetTop1: 85.68, pretrainExaflop: 246 },
  { family: 'Hybrid', model: 'R50x1+ViT-L/16', epochs: 7, imagenetTop1: 86.60, pretrainExaflop: 859 },
  { family: 'Hybrid', model: 'R50x1+ViT-L/16', epochs: 14, imagenetTop1: 87.12, pretrainExaflop: 1668 },
]

/** The answer of 2023, another paper on other data: convolutions alone, at the scale of these Transformers. */
export const convNets = {
  source: 'smith2023' satisfies SourceId as SourceId,
  models: 'NFNets',
  data: 'JFT-4B',
  /** The best of them after fine-tuning, per cent. */
  imagenetTop1: 90.4,
} as const

/** The run of that model for that many epochs. */
export function visionModel(name: string, epochs: number): VisionModel {
  return visionModels.find(row => row.model === name && row.epochs === epochs)!
}
