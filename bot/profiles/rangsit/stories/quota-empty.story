# โควตาข้อความหมด: ข่าวรอไปกับคำตอบถัดไป · The quota is empty
# {invitation} is given by whoever plays the story.

= แจ้งและรับเรื่องตามปกติ
person สมชาย
สมชาย adds the account
สมชาย sees ยินดีต้อนรับ
สมชาย says ขยะกองใหญ่หน้าโรงเรียนสังข์อ่ำวิทยา ไม่มีใครมาเก็บ 4 วันแล้ว
สมชาย sees ตรวจดูก่อนส่ง
สมชาย presses ส่งเรื่อง
สมชาย sees รอรับเรื่อง
สมชาย keeps pile from RS-\d{4}-\d{5,}
person ดวงใจ
ดวงใจ adds the account
ดวงใจ sees ยินดีต้อนรับ
ดวงใจ says {invitation}
ดวงใจ sees คุณเป็นเจ้าหน้าที่
ดวงใจ says {pile}
ดวงใจ sees {pile}
ดวงใจ presses รับเรื่อง on card {pile}
ดวงใจ sees รับเรื่องแล้ว + {pile}

= โควตาเดือนนี้หมดพอดี
quota empty
ดวงใจ presses ขอข้อมูลเพิ่ม on card {pile}
ดวงใจ sees ถาม
ดวงใจ says กองอยู่หน้าประตูไหนของโรงเรียน
สมชาย never sees หน้าประตูไหน

- ข่าวไม่หาย: ไปกับคำตอบถัดไปที่ไม่เสียเงิน
สมชาย says เรื่องขยะถึงไหนแล้ว
สมชาย sees หน้าประตูไหน
สมชาย presses ตอบเจ้าหน้าที่ on card {pile}
สมชาย says ประตูหลัง ติดคลอง
สมชาย sees ส่งคำตอบ

- เจ้าหน้าที่ก็เห็นคำตอบเมื่อแตะครั้งถัดไป
ดวงใจ says {pile}
ดวงใจ sees ติดคลอง + {pile}

- บอตถามโควตาจาก LINE ใหม่ทุกชั่วโมง ข่าวที่รออยู่จะไปเองเมื่อมีที่ว่าง
quota back
