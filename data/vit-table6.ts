/** Image models pre-trained on JFT-300M: pure Transformers, residual networks, and hybrids with a convolutional stem. */
import type { SourceId } from './sources.ts'

export interface VisionModel {
  family: 'ViT' | 'ResNet' | 'Hybrid'
  model: string
  epochs: number
  /** Top-1 accuracies in per cent after fine-tuning. */
  imagenetTop1: number
  imagenetReal: number
  cifar10: number
  cifar100: number
  pets: number
  flowers: number
  /** Compute of pre-training in exaFLOPs (10^18 operations). */
  pretrainExaflop: number
}

export const visionSource: SourceId = 'dosovitskiy2021'

export const visionProvenance = [
  'An Image is Worth 16x16 Words (ViT), arXiv:2010.11929 v2, Table 6 (JFT-300M pre-training; top-1 accuracies in %, pre-training compute in exaFLOPs)',
] as const

export const visionModels: readonly VisionModel[] = [
  { family: 'ViT', model: 'ViT-B/32', epochs: 7, imagenetTop1: 80.73, imagenetReal: 86.27, cifar10: 98.61, cifar100: 90.49, pets: 93.40, flowers: 99.27, pretrainExaflop: 55 },
  { family: 'ViT', model: 'ViT-B/16', epochs: 7, imagenetTop1: 84.15, imagenetReal: 88.85, cifar10: 99.00, cifar100: 91.87, pets: 95.80, flowers: 99.56, pretrainExaflop: 224 },
  { family: 'ViT', model: 'ViT-L/32', epochs: 7, imagenetTop1: 84.37, imagenetReal: 88.28, cifar10: 99.19, cifar100: 92.52, pets: 95.83, flowers: 99.45, pretrainExaflop: 196 },
  { family: 'ViT', model: 'ViT-L/16', epochs: 7, imagenetTop1: 86.30, imagenetReal: 89.43, cifar10: 99.38, cifar100: 93.46, pets: 96.81, flowers: 99.66, pretrainExaflop: 783 },
  { family: 'ViT', model: 'ViT-L/16', epochs: 14, imagenetTop1: 87.12, imagenetReal: 89.99, cifar10: 99.38, cifar100: 94.04, pets: 97.11, flowers: 99.56, pretrainExaflop: 1567 },
  { family: 'ViT', model: 'ViT-H/14', epochs: 14, imagenetTop1: 88.08, imagenetReal: 90.36, cifar10: 99.50, cifar100: 94.71, pets: 97.11, flowers: 99.71, pretrainExaflop: 4262 },
  { family: 'ResNet', model: 'ResNet50x1', epochs: 7, imagenetTop1: 77.54, imagenetReal: 84.56, cifar10: 97.67, cifar100: 86.07, pets: 91.11, flowers: 94.26, pretrainExaflop: 50 },
  { family: 'ResNet', model: 'ResNet50x2', epochs: 7, imagenetTop1: 82.12, imagenetReal: 87.94, cifar10: 98.29, cifar100: 89.20, pets: 93.43, flowers: 97.02, pretrainExaflop: 199 },
  { family: 'ResNet', model: 'ResNet101x1', epochs: 7, imagenetTop1: 80.67, imagenetReal: 87.07, cifar10: 98.48, cifar100: 89.17, pets: 94.08, flowers: 95.95, pretrainExaflop: 96 },
  { family: 'ResNet', model: 'ResNet152x1', epochs: 7, imagenetTop1: 81.88, imagenetReal: 87.96, cifar10: 98.82, cifar100: 90.22, pets: 94.17, flowers: 96.94, pretrainExaflop: 141 },
  { family: 'ResNet', model: 'ResNet152x2', epochs: 7, imagenetTop1: 84.97, imagenetReal: 89.69, cifar10: 99.06, cifar100: 92.05, pets: 95.37, flowers: 98.62, pretrainExaflop: 563 },
  { family: 'ResNet', model: 'ResNet152x2', epochs: 14, imagenetTop1: 85.56, imagenetReal: 89.89, cifar10: 99.24, cifar100: 91.92, pets: 95.75, flowers: 98.75, pretrainExaflop: 1126 },
  { family: 'ResNet', model: 'ResNet200x3', epochs: 14, imagenetTop1: 87.22, imagenetReal: 90.15, cifar10: 99.34, cifar100: 93.53, pets: 96.32, flowers: 99.04, pretrainExaflop: 3306 },
  { family: 'Hybrid', model: 'R50x1+ViT-B/32', epochs: 7, imagenetTop1: 84.90, imagenetReal: 89.15, cifar10: 99.01, cifar100: 92.24, pets: 95.75, flowers: 99.46, pretrainExaflop: 106 },
  { family: 'Hybrid', model: 'R50x1+ViT-B/16', epochs: 7, imagenetTop1: 85.58, imagenetReal: 89.65, cifar10: 99.14, cifar100: 92.63, pets: 96.65, flowers: 99.40, pretrainExaflop: 274 },
  { family: 'Hybrid', model: 'R50x1+ViT-L/32', epochs: 7, imagenetTop1: 85.68, imagenetReal: 89.04, cifar10: 99.24, cifar100: 92.93, pets: 96.97, flowers: 99.43, pretrainExaflop: 246 },
  { family: 'Hybrid', model: 'R50x1+ViT-L/16', epochs: 7, imagenetTop1: 86.60, imagenetReal: 89.72, cifar10: 99.18, cifar100: 93.64, pets: 97.03, flowers: 99.40, pretrainExaflop: 859 },
  { family: 'Hybrid', model: 'R50x1+ViT-L/16', epochs: 14, imagenetTop1: 87.12, imagenetReal: 89.76, cifar10: 99.31, cifar100: 93.89, pets: 97.36, flowers: 99.11, pretrainExaflop: 1668 },
]

/** The answer of 2023, another paper on other data: convolutions alone, at the scale of these Transformers. */
export const convNets = {
  source: 'smith2023' satisfies SourceId as SourceId,
  models: 'NFNets',
  data: 'JFT-4B',
  /** The best of them after fine-tuning, per cent. */
  imagenetTop1: 90.4,
} as const

/**
 * The run of that model for that many epochs.
 * @throws RangeError naming both when the table has no such run
 */
export function visionModel(name: string, epochs: number): VisionModel {
  const found = visionModels.find(row => row.model === name && row.epochs === epochs)
  if (!found)
    throw new RangeError(`No run of “${name}” for ${epochs} epochs among the ${visionModels.length} of Table 6.`)
  return found
}
