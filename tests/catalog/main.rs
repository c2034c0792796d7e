//! Actions of the catalog: imported as structs, called against the emulator, in every form of paging.

mod documented;
mod forms;
mod imports;
mod paging;
