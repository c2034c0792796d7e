//! Actions of the catalog: imported as structs, called against the emulator, with every form of paging.

mod documented;
mod forms;
mod imports;
mod paging;
