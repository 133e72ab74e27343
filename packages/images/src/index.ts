export { describeImages, type ImagesDescription } from './describe-images.ts';
export type { ImageHeader } from './decode-image.ts';
export { ImageError } from './image-error.ts';
export { imageFolder, type ImageFolder, type ImageFolderOptions } from './image-folder.ts';
export type { ImageOptions } from './image-options.ts';
export { readImage } from './read-image.ts';
