//! Products by loops that the compiler vectorises: for integers and `bool`, for vectors, for tiny matrices.
//!
//! Two loops do everything. Where a row of A and a column of B lie contiguously, and one of them is alone, an
//! element of C is their dot product. Otherwise a row of C is a sum of rows of B, block by block: a block of B
//! fits in the second-level cache and is copied together first if its rows are not contiguous.

use crate::gemm::Product;
use isonum_core::{Complex32, Complex64, Element};

/// Addition of a product: wrapping for integers, `or` of `and` for `bool`, two roundings for floats.
pub trait Arithmetic: Element {
    /// `sum + a * b`.
    fn add_product(sum: Self, a: Self, b: Self) -> Self;
    /// `a + b`.
    fn plus(a: Self, b: Self) -> Self;
}

macro_rules! arithmetic {
    ($(($sum:ident, $a:ident, $b:ident) => $product:expr, $plus:expr; $($t:ty)*;)*) => {$($(
        impl Arithmetic for $t {
            #[inline(always)]
            fn add_product($sum: Self, $a: Self, $b: Self) -> Self {
                $product
            }
            #[inline(always)]
            fn plus($a: Self, $b: Self) -> Self {
                $plus
            }
        }
    )*)*};
}

arithmetic! {
    (sum, a, b) => sum.wrapping_add(a.wrapping_mul(b)), a.wrapping_add(b); i8 i16 i32 i64 u8 u16 u32 u64;
    (sum, a, b) => sum + a * b, a + b; f32 f64 Complex32 Complex64;
    (sum, a, b) => sum | (a & b), a | b; bool;
}

/// The most columns of a block, which are also those of a row of C being summed.
const COLUMNS: usize = 256;
/// Those of a block for tiny matrices, which are done before 256 sums are set to zero.
const FEW_COLUMNS: usize = 16;
/// The most rows of a block.
const ROWS: usize = 256;
/// The running sums of a dot product.
const SUMS: usize = 16;

/// Computes the product. C may be uninitialised.
///
/// # Safety
/// All elements of A and B may be read and are initialised, those of C may be written, are distinct, and are none
/// of A's or B's.
pub(crate) unsafe fn product<T: Arithmetic>(p: Product<T>) {
    let (a_row, a_column) = (p.n == 1 && p.a_strides[1] == 1, p.n == 1 && p.a_strides[1] != 1);
    let b_column = p.m == 1 && p.n > 1 && p.b_strides[1] != 1 && p.b_strides[0] == 1;
    // SAFETY: the caller's.
    unsafe {
        if a_row {
            dots(p)
        } else if b_column {
            dots(p.transposed())
        } else {
            let p = if a_column { p.transposed() } else { p };
            if p.n <= FEW_COLUMNS { rows::<T, FEW_COLUMNS>(p) } else { rows::<T, COLUMNS>(p) }
        }
    }
}

/// A matrix with contiguous rows times a vector.
///
/// # Safety
/// As for [`product`]; columns of A are neighbours, and there is one of C.
unsafe fn dots<T: Arithmetic>(p: Product<T>) {
    let mut copy = Vec::new();
    // SAFETY: the elements of B's column.
    let b = unsafe { strip(p.b, p.b_strides[0], p.k, &mut copy) };
    for i in 0..p.m {
        // SAFETY: row `i` of A, and its element of C.
        unsafe {
            let a = std::slice::from_raw_parts(p.a.offset(i as isize * p.a_strides[0]), p.k);
            p.c.offset(i as isize * p.c_strides[0]).write(dot(a, b));
        }
    }
}

/// `n` elements, copied to `copy` if they are not neighbours.
///
/// # Safety
/// They are initialised, and nobody writes them meanwhile.
unsafe fn strip<T: Copy>(data: *const T, stride: isize, n: usize, copy: &mut Vec<T>) -> &[T] {
    if stride == 1 || n <= 1 {
        // SAFETY: the caller's.
        return unsafe { std::slice::from_raw_parts(data, n) };
    }
    copy.clear();
    // SAFETY: the caller's.
    copy.extend((0..n).map(|i| unsafe { *data.offset(i as isize * stride) }));
    copy
}

/// The sum of products: position `i` goes to running sum `i mod 16`, and those are added pairwise.
fn dot<T: Arithmetic>(a: &[T], b: &[T]) -> T {
    let mut sums = [T::ZERO; SUMS];
    let (a_blocks, a_rest) = a.as_chunks::<SUMS>();
    let (b_blocks, b_rest) = b.as_chunks::<SUMS>();
    for (a, b) in a_blocks.iter().zip(b_blocks) {
        for lane in 0..SUMS {
            sums[lane] = T::add_product(sums[lane], a[lane], b[lane]);
        }
    }
    for (sum, (&a, &b)) in sums.iter_mut().zip(a_rest.iter().zip(b_rest)) {
        *sum = T::add_product(*sum, a, b);
    }
    let mut half = SUMS / 2;
    while half > 0 {
        for lane in 0..half {
            sums[lane] = T::plus(sums[lane], sums[lane + half]);
        }
        half /= 2;
    }
    sums[0]
}

/// Rows of C as sums of rows of B.
///
/// # Safety
/// As for [`product`].
unsafe fn rows<T: Arithmetic, const COLUMNS: usize>(p: Product<T>) {
    let mut packed = Vec::new();
    let mut sums = [T::ZERO; COLUMNS];
    for column in (0..p.n).step_by(COLUMNS) {
        let columns = COLUMNS.min(p.n - column);
        let sums = &mut sums[..columns];
        for row in (0..p.k).step_by(ROWS) {
            let block = Block { row, rows: ROWS.min(p.k - row), column, columns };
            // SAFETY: a block of B; the blocks before it have written their columns of C.
            unsafe {
                if p.b_strides[1] == 1 || columns == 1 {
                    let b = p.b.offset(row as isize * p.b_strides[0] + column as isize * p.b_strides[1]);
                    add_block(&p, &block, b, p.b_strides[0], sums);
                } else {
                    pack(&p, &block, &mut packed);
                    add_block(&p, &block, packed.as_ptr(), columns as isize, sums);
                }
            }
        }
    }
}

/// A part of B.
struct Block {
    row: usize,
    rows: usize,
    column: usize,
    columns: usize,
}

/// Copies a block of B, row after row.
///
/// # Safety
/// As for [`product`]; the block is inside of B.
unsafe fn pack<T: Arithmetic>(p: &Product<T>, block: &Block, packed: &mut Vec<T>) {
    packed.clear();
    packed.resize(block.rows * block.columns, T::ZERO);
    let [down, right] = p.b_strides;
    // In the order of B's memory: where columns are contiguous, column by column.
    let by_column = down.unsigned_abs() < right.unsigned_abs();
    let (outer, inner) = if by_column { (block.columns, block.rows) } else { (block.rows, block.columns) };
    for o in 0..outer {
        for i in 0..inner {
            let (r, c) = if by_column { (i, o) } else { (o, i) };
            let offset = (block.row + r) as isize * down + (block.column + c) as isize * right;
            // SAFETY: an element of the block.
            packed[r * block.columns + c] = unsafe { *p.b.offset(offset) };
        }
    }
}

/// Adds to each row of C (writes, for the first rows of B) the block's rows times an element of A.
///
/// # Safety
/// As for [`product`]; the rows of the block, contiguous, are from `b` on `stride` apart, and C has been written
/// where it is added to.
unsafe fn add_block<T: Arithmetic>(
    p: &Product<T>,
    block: &Block,
    b: *const T,
    stride: isize,
    sums: &mut [T],
) {
    // SAFETY: row `r` of the block.
    let b_row =
        |r: usize| unsafe { std::slice::from_raw_parts(b.offset(r as isize * stride), block.columns) };
    for i in 0..p.m {
        // SAFETY: element `r` of the block's part of row `i` of A.
        let a = |r: usize| unsafe {
            *p.a.offset(i as isize * p.a_strides[0] + (block.row + r) as isize * p.a_strides[1])
        };
        // SAFETY: element `j` of the block's part of row `i` of C.
        let c = |j: usize| unsafe {
            p.c.offset(i as isize * p.c_strides[0] + (block.column + j) as isize * p.c_strides[1])
        };
        if block.row == 0 {
            sums.fill(T::ZERO);
        } else {
            // SAFETY: written by the block before.
            sums.iter_mut().enumerate().for_each(|(j, sum)| *sum = unsafe { c(j).read() });
        }
        let mut r = 0;
        while r + 4 <= block.rows {
            add_rows(
                sums,
                [a(r), a(r + 1), a(r + 2), a(r + 3)],
                [b_row(r), b_row(r + 1), b_row(r + 2), b_row(r + 3)],
            );
            r += 4;
        }
        while r < block.rows {
            add_rows(sums, [a(r)], [b_row(r)]);
            r += 1;
        }
        // SAFETY: the block's part of row `i` of C.
        sums.iter().enumerate().for_each(|(j, &sum)| unsafe { c(j).write(sum) });
    }
}

/// `sums += a[0] * b[0] + a[1] * b[1] + …`, in this order.
#[inline(always)]
fn add_rows<T: Arithmetic, const N: usize>(sums: &mut [T], a: [T; N], b: [&[T]; N]) {
    let b = b.map(|b| &b[..sums.len()]);
    for (j, sum) in sums.iter_mut().enumerate() {
        for r in 0..N {
            *sum = T::add_product(*sum, a[r], b[r][j]);
        }
    }
}
