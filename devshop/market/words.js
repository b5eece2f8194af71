/** What generated products are called, and made of. */

/** Colours as a shop names them, with what they look like. */
export const COLOURS = Object.freeze({
  "Oatmeal": "#d8cbb0", "Forest Green": "#2f5d46", "Navy": "#27364f", "Charcoal": "#3c4043", "Rust": "#b4552f",
  "Cream": "#efe6d2", "Black": "#1f2022", "White": "#f7f6f2", "Sage": "#8a9a7b", "Ochre": "#c8922e",
  "Slate": "#5f6b75", "Plum": "#6b3a52", "Sky Blue": "#8fb6cf", "Blue": "#3f6fae", "Red": "#a8332c", "Brown": "#6b4a33",
  "Sand": "#cdb894",  "Teal": "#2f7472", "Blush": "#d9a79c", "Cherry": "#8f2338", "Pink": "#d98aa0", "Clear": "#c9d8da",
  "Smoke": "#7d8286", "Amber": "#c07a2c", "Walnut": "#5c4033", "Silver": "#b9bec2",
});

/** Words that makers name their things after: hills, winds and villages that are on no map. */
export const SERIES = Object.freeze((
  "Alder Arden Ashlar Aubin Barrow Beckett Birle Braewick Briar Calder Carrick Corven Corrie Dalby Darrow "
  + "Delmar Dunmore Eddis Ellery Elmet Esker Fallow Farrow Fenwick Finch Fjell Galen Garrick Glenna Greave "
  + "Hadley Halden Harrow Hazel Heron Holm Inver Isla Juniper Kelda Kerrow Kestrel Larkin Lathe Linnet Lorne "
  + "Lowen Lunna Maren Marlow Merrow Millrace Morven Nairn Nessa Norrland Oakley Orrin Osier Pelham Perrin "
  + "Quill Quarry Rannoch Rowan Rydal Sallow Sedge Selwyn Sorrel Stell Tansy Tarn Teasel Thorne Tidewell "
  + "Torrin Ulva Umber Vale Vesper Wend Whin Wicken Yarrow Zephyr"
).split(" "));

/** Makers by department; none of them exists. */
export const MAKERS = Object.freeze({
  knitwear: ["Fennmark", "Low Pasture", "Ravel & Rib", "Ninth Skein"],
  clothing: ["Harrowgate Twill", "Loomhouse Nine", "Oxbow Tailoring", "Marl & Mend"],
  outdoor: ["Skarvheim", "Greyfell", "Windrow Works", "Cairnmaker"],
  glass: ["Tarnbrook", "Lumenforge", "Brightwater Furnace"],
  kitchen: ["Ironhearth", "Dunmarrow", "Copperlane", "Saltmarsh Kitchen"],
  coffee: ["Kestrel Hollow", "Second Crack Society", "Morning Ledger"],
  home: ["Quietroom", "Dunmarrow", "Tallow & Thyme", "Northlight"],
  audio: ["Ohmwood", "Stillfield", "Resona Nine", "Halfstep"],
  beauty: ["Pith & Marrowleaf", "Glasshouse Row", "Dewpoint Apothecary"],
  paper: ["Kumohara", "Inkwell Ferry", "Plain Quire"],
  toys: ["Larchling", "Pebble Parade", "Tumblewick"],
});

export const MATERIALS = Object.freeze({
  yarn: ["Organic Cotton", "Merino", "Recycled Wool", "Alpaca", "Lambswool", "Cotton Linen"],
  fabric: ["Linen", "Organic Cotton", "Cotton Twill", "Hemp", "Lyocell", "Brushed Flannel"],
  denim: ["Blue Denim", "Selvedge Denim", "Stretch Denim", "Black Denim"],
  leather: ["Leather", "Waxed Leather", "Suede", "Nubuck"],
  shell: ["Waxed Canvas", "Recycled Nylon", "Ripstop", "Softshell"],
  glass: ["Recycled Glass", "Borosilicate", "Crystal", "Ribbed Glass"],
  metal: ["Cast Iron", "Stainless Steel", "Copper", "Carbon Steel"],
  pen: ["Brass", "Ebonite", "Resin", "Sterling Silver"],
  steel: ["Stainless Steel", "Carbon Steel", "Damascus Steel"],
  flask: ["Stainless Steel", "Titanium", "Enamelled Steel"],
  shelter: ["Ripstop", "Recycled Nylon", "Silnylon", "Canvas"],
  upper: ["Mesh", "Recycled Knit", "Canvas"],
  wood: ["Oak", "Walnut", "Beech", "Olive Wood", "Ash"],
  clay: ["Stoneware", "Porcelain", "Terracotta", "Earthenware"],
  beans: ["Ethiopia", "Colombia", "Guatemala", "Sumatra", "House Blend", "Decaf"],
  leaves: ["Green", "Black", "Oolong", "Rooibos", "Chamomile"],
  driver: ["Wireless", "Wireless Noise-Cancelling", "Wired", "Studio"],
  plant: ["Shea", "Calendula", "Rosehip", "Oat", "Sea Buckthorn"],
  wax: ["Soy Wax", "Beeswax", "Coconut Wax"],
  paper: ["Washi", "Laid Paper", "Cotton Rag", "Recycled Paper"],
  plush: ["Wool Felt", "Cotton Plush", "Linen"],
});

/** What is said of a material, where there is something to say. */
export const PRAISE = Object.freeze({
  "Organic Cotton": "100% organic cotton for breathable comfort", "Merino": "Fine merino that needs no airing cupboard",
  "Recycled Wool": "Spun from mill ends and old jumpers", "Linen": "Linen that softens with every wash",
  "Cast Iron": "Cast thick, so that heat stays even", "Copper": "Copper that answers to the flame at once",
  "Wireless": "Wireless, with thirty hours between charges",
  "Wireless Noise-Cancelling": "Noise-cancelling microphones that hush a train",
  "Recycled Glass": "Melted from bottles of the neighbourhood", "Leather": "Full-grain leather that ages well",
  "Blue Denim": "Denim of fourteen ounces, woven slowly", "Decaf": "Decaffeinated with water and nothing else",
});
