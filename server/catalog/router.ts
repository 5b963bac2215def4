import {
  zArchivePackage,
  zEditPackage,
  zPackageNamed,
  zPackageQuery,
  zSellPackage,
} from '#server/catalog/schema.packages.ts'
import {
  zAddProduct,
  zArchiveProduct,
  zEditProduct,
  zGetProduct,
  zProductQuery,
} from '#server/catalog/schema.ts'
import * as editor from '#server/catalog/service.editor.ts'
import * as packages from '#server/catalog/service.packages.ts'
import { procedure, router, work } from '#server/trpc/init.ts'

export const catalogRouter = router({
  products: procedure('catalog:read').input(zProductQuery).query(work(editor.products)),
  product: procedure('catalog:read').input(zGetProduct).query(work(editor.editorOf)),
  services: procedure('catalog:read').query(work(editor.services)),
  addProduct: procedure('catalog:write').input(zAddProduct).mutation(work(editor.addProduct)),
  editProduct: procedure('catalog:write').input(zEditProduct).mutation(work(editor.editProduct)),
  archiveProduct: procedure('catalog:write')
    .input(zArchiveProduct)
    .mutation(work(editor.archiveProduct)),

  packages: procedure('catalog:read').input(zPackageQuery).query(work(packages.packages)),
  package: procedure('catalog:read').input(zPackageNamed).query(work(packages.packageOf)),
  sellPackage: procedure('catalog:write').input(zSellPackage).mutation(work(packages.sellPackage)),
  editPackage: procedure('catalog:write').input(zEditPackage).mutation(work(packages.editPackage)),
  archivePackage: procedure('catalog:write')
    .input(zArchivePackage)
    .mutation(work(packages.archivePackage)),
})
